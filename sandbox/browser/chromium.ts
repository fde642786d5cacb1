import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts a browser without a window. @throws Error that says how to get one */
export async function startChromium(): Promise<Browser> {
  const path = process.env.CHROMIUM ?? PATHS.find((one) => existsSync(one));
  if (!path) throw new Error("There is no Chromium: install Debian's package chromium, or name one in CHROMIUM.");
  // Chromium's own sandbox does not work for root.
  return chromium.launch({ executablePath: path, chromiumSandbox: process.getuid?.() !== 0 });
}
