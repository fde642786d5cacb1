import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, jsonAnswer, readBody, send } from "../answer";
import { isFromHere } from "../from-here";
import type { Bot } from "../run/bot";
import type { SandboxClock } from "../run/clock";

/** Lets the page see, kill and start the bot, and let time pass. Listens on this machine alone. @returns its address, and how to end it */
export async function listenForBot(bot: Bot, clock: SandboxClock): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const answered = isFromHere(request)
      ? readBody(request).then(() => answer({ bot, clock }, `${request.method} ${request.url}`))
      : Promise.resolve(jsonAnswer(403, { error: "only pages of this address may act here" }));
    void answered.then(
      (given) => send(response, given),
      // The request was cut off.
      () => send(response, null),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const HOUR_MS = 3_600_000;

async function answer({ bot, clock }: { bot: Bot; clock: SandboxClock }, asked: string): Promise<Answer> {
  const standing = (): Answer => jsonAnswer(200, { ...bot.status(), aheadMs: clock.aheadMs });
  switch (asked) {
    case "GET /":
      return standing();
    case "POST /pass-hour":
      clock.pass(HOUR_MS);
      return standing();
    case "POST /pass-day":
      clock.pass(24 * HOUR_MS);
      return standing();
    case "POST /kill":
      await bot.kill();
      return standing();
    case "POST /start":
      await bot.start();
      return standing();
    default:
      return jsonAnswer(404, { error: "not_found" });
  }
}
