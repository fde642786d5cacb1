import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, jsonAnswer, readBody, send } from "../answer";
import { isFromHere } from "../from-here";
import type { Bot } from "../run/bot";

/** Lets the page see, kill and start the bot. Listens on this machine alone. @returns its address, and how to end it */
export async function listenForBot(bot: Bot): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const answered = isFromHere(request)
      ? readBody(request).then(() => answer(bot, `${request.method} ${request.url}`))
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

async function answer(bot: Bot, asked: string): Promise<Answer> {
  switch (asked) {
    case "GET /":
      return jsonAnswer(200, bot.status());
    case "POST /kill":
      await bot.kill();
      return jsonAnswer(200, bot.status());
    case "POST /start":
      await bot.start();
      return jsonAnswer(200, bot.status());
    default:
      return jsonAnswer(404, { error: "not_found" });
  }
}
