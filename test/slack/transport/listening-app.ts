import { App } from "@slack/bolt";
import { createLog, sdkLogger } from "../../../src/log";
import type { Transport } from "../../../src/slack/transport/transport";

export type Line = { level: string; event: string } & Record<string, unknown>;

/** A log whose lines a test reads. */
export function capturedLog() {
  const lines: Line[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const log = createLog({ level: "trace", destination: { write } });
  return { log, lines, events: () => lines.map(({ event }) => event), logger: sdkLogger(log, "slack.transport") };
}

/** What the app's one command does with each payload that comes in, by its text. */
export type OnCommand = (command: { text: string; ack: (said?: string) => Promise<void> }) => Promise<void>;

/** A Bolt app that takes `/try`. */
export function createListeningApp(transport: Transport, onCommand: OnCommand): void {
  const { logger } = capturedLog();
  const app = new App({
    receiver: transport.receiver,
    authorize: async () => ({ botId: "B0TEST000", botUserId: "U0BOT0000" }),
    logger,
    convoStore: false,
  });
  app.error(async () => {});
  app.command("/try", ({ command, ack }) => onCommand({ text: command.text, ack: (said) => ack(said ?? "") }));
}

/** The payload of a command. */
export function command(text: string): Record<string, string> {
  return {
    command: "/try",
    text,
    team_id: "T0TEAM000",
    user_id: "U0DANA000",
    channel_id: "C0GENERAL",
    api_app_id: "A0APP0000",
    is_enterprise_install: "false",
    response_url: "http://127.0.0.1:1/",
    trigger_id: "1.2.3",
  };
}

/** A promise and what settles it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
