import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from "@slack/bolt";
import type { SlackStandIn } from "../../../sandbox/slack";
import { connected } from "../../kit/stand-ins";
import { SILENT } from "./silent";
import { APP_TOKEN, BOT, BOT_TOKEN, SIGNING_SECRET } from "./workspace";

export type Mode = "socket" | "http";

/** A Bolt app of a test's own, reached in one of the two ways. */
export async function startTinyApp(
  slack: SlackStandIn,
  mode: Mode,
  register: (app: App) => void,
): Promise<{ stop(): Promise<void> }> {
  const clientOptions = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT };
  const receiver: Receiver =
    mode === "socket"
      ? new SocketModeReceiver({ appToken: APP_TOKEN, logger: SILENT, installerOptions: { clientOptions } })
      : new HTTPReceiver({ signingSecret: SIGNING_SECRET, logger: SILENT });
  const app = new App({
    token: BOT_TOKEN,
    botId: "BBOT00001",
    botUserId: BOT,
    receiver,
    clientOptions,
    logger: SILENT,
  });
  register(app);
  const server = await app.start(0);
  const address = mode === "http" ? (server as { address(): { port: number } }).address() : null;
  if (address) slack.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  else await connected(slack, 1);
  return {
    stop: async () => {
      await app.stop();
      await connected(slack, 0);
    },
  };
}
