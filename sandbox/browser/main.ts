import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { BotStatus } from "../run/bot";
import { readOptions, type SandboxOptions } from "./options";
import { type Stage, setStage } from "./stage";

/**
 * Starts the sandbox, and keeps it until Ctrl-C.
 * @param root the folder of the project, built
 * @throws Error in words for whoever started this
 */
export async function startSandbox(root: string, args: readonly string[]): Promise<void> {
  const options = readOptions(root, args);
  const starting = setStage(root, options, sayHowItEnded);
  endOnSignals(starting);
  const stage = await starting;
  startAgainOnEnter(stage);
  say(greeting(stage.url, options));
  if (options.isOpened) openInBrowser(stage.url);
}

function greeting(url: string, { mode, keptIn }: SandboxOptions): string {
  return `
  The sandbox is a made-up Slack workspace with the real bot in it. Nothing leaves this machine.

    ${url}

  The bot is reached over ${mode === "socket" ? "Socket Mode" : "signed HTTP"}. ${keptIn ? `What you do is kept in ${keptIn}.` : "Nothing is kept when it ends."}
  Ctrl-C ends it.
`;
}

function sayHowItEnded({ exitCode, lines }: BotStatus): void {
  const how = exitCode === null ? "The bot was killed." : `The bot has ended with exit code ${exitCode}.`;
  const last = exitCode === null || lines.length === 0 ? "" : `\n  It last wrote:\n${lines.slice(-8).join("\n")}`;
  say(`\n  ${how}${last}\n  Press Enter here, or "Start the bot" on the page, to start it again.\n`);
}

function startAgainOnEnter({ bot }: Stage): void {
  if (!process.stdin.isTTY) return;
  createInterface({ input: process.stdin }).on("line", () => {
    if (bot.status().state !== "ended") return;
    void bot.start().then(() => bot.status().state === "running" && say("  The bot runs again.\n"));
  });
}

/** Ends everything in order, also what is still starting; a second Ctrl-C does not wait for that. */
function endOnSignals(starting: Promise<Stage>): void {
  let isEnding = false;
  const end = (): void => {
    // What was started ends by itself when this process is gone.
    if (isEnding) process.exit(1);
    isEnding = true;
    const stopped = starting.then(({ stop }) => stop());
    void stopped.then(
      () => process.exit(0),
      // It did not start, and has been told so.
      () => process.exit(1),
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.on("SIGHUP", end);
}

/** Opens an address where there is a browser to see it in; elsewhere the printed address has to do. */
function openInBrowser(url: string): void {
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

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
