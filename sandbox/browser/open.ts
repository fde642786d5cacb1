import { spawn } from "node:child_process";

/** Opens an address where there is a browser to see it in; elsewhere the printed address has to do. */
export function openInBrowser(url: string): void {
  const command = commandFor(process.platform);
  if (!command || !process.stdout.isTTY || process.env.CI) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  // No such program: the address has been printed.
  child.on("error", () => {});
  child.unref();
}

function commandFor(platform: NodeJS.Platform): [string, ...string[]] | null {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["cmd", "/c", "start", ""];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : null;
}
