import type { Sentence } from "../domain/sentence";
import type { Ports } from "./ports";

/** Tells somebody something in their DM with the bot, where the place of their click takes no answer any more. */
export async function notify(ports: Ports, userId: string, sentence: Sentence): Promise<void> {
  await ports.store.transact((tx) => tx.outbox.add({ kind: "notice", userId, sentence }, ports.clock.now()));
  ports.wake();
}
