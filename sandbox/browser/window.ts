import { existsSync } from "node:fs";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts a browser without a window. @throws Error that says how to get one */
export async function startChromium(): Promise<Browser> {
  const path = process.env.CHROMIUM ?? PATHS.find((one) => existsSync(one));
  if (!path) throw new Error("There is no Chromium: install Debian's package chromium, or name one in CHROMIUM.");
  // Chromium's own sandbox does not work for root.
  return chromium.launch({ executablePath: path, chromiumSandbox: process.getuid?.() !== 0 });
}

export type Pair = { accessKeyId: string; secretAccessKey: string };

/** A browser window in which somebody sits. */
export type Window = {
  page: Page;
  /** The modal or the question on top. */
  dialog: Locator;
  /** Types a command and sends it. */
  command(text: string): Promise<void>;
  /** Goes to a channel, or to the DM with the app. */
  goTo(channel: string): Promise<void>;
  /** Presses the newest button of this name in the conversation; answers the question that it asks. */
  press(name: string | RegExp, answer?: string): Promise<void>;
  /** Picks an option of the menu in the newest message that contains a text; answers the question that it asks. */
  pick(option: string, message: string | RegExp, answer?: string): Promise<void>;
  /** Opens the panel on Tigris. */
  tigris(): Promise<Locator>;
  /** The newest message that contains a text. */
  message(text: string | RegExp): Locator;
  /** The newest message with a secret: its id and secret. */
  secret(): Promise<Pair>;
  /** Tries a pair in the panel on Tigris, which is open. @returns what the panel says about it, line by line */
  tryKey(pair: Pair): Promise<string[]>;
};

/** Opens a window with cookies and storage of its own. @param as the name of a person, such as `dana` */
export async function openWindow(
  browser: Browser,
  url: string,
  as: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Window> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 760 }, ...options });
  const page = await context.newPage();
  await page.goto(`${url}?as=${as}`);
  const composer = page.getByRole("combobox", { name: /^Message / });
  await composer.waitFor();
  const conversation = page.getByRole("main");
  const dialog = page.getByRole("dialog").last();
  const answerWith = async (answer?: string): Promise<void> => {
    if (answer) await dialog.getByRole("button", { name: answer }).click();
  };
  const message = (text: string | RegExp): Locator =>
    conversation.getByRole("listitem").filter({ hasText: text }).last();
  return {
    page,
    dialog,
    command: async (text) => {
      await composer.fill(text);
      await composer.press("Enter");
    },
    goTo: (channel) =>
      page.getByRole("navigation", { name: "Conversations" }).getByRole("button", { name: channel }).click(),
    press: async (name, answer) => {
      await conversation.getByRole("button", { name }).last().click();
      await answerWith(answer);
    },
    pick: async (option, text, answer) => {
      await message(text).getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menuitem", { name: option }).click();
      await answerWith(answer);
    },
    tigris: async () => {
      await page.getByRole("button", { name: "Tigris", exact: true }).click();
      return page.getByRole("complementary", { name: "Tigris" });
    },
    message,
    secret: async () => {
      const codes = message("It can't be shown again").locator("pre");
      return {
        accessKeyId: (await codes.nth(0).textContent()) ?? "",
        secretAccessKey: (await codes.nth(1).textContent()) ?? "",
      };
    },
    tryKey: async ({ accessKeyId, secretAccessKey }) => {
      const panel = page.getByRole("complementary", { name: "Tigris" });
      await panel.getByLabel("Access key ID").fill(accessKeyId);
      await panel.getByLabel("Secret access key").fill(secretAccessKey);
      await panel.getByRole("button", { name: "Use this key" }).click();
      const result = panel.getByRole("status").first();
      await result.getByText(/^It /).first().waitFor();
      return result.locator("p, li").allTextContents();
    },
  };
}
