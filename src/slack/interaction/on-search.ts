import type { App } from "@slack/bolt";
import type { PlainTextOption } from "@slack/types";
import { ACK_MARGIN_MS } from "../../domain/limits";
import type { Refusal } from "../../domain/refusal";
import type { Clock } from "../../workflow/clock";
import { readSearch, type Search } from "../payloads/search";
import { ACK_MS } from "../transport/acknowledge";
import type { ListenerContext } from "./listener-context";
import { senderOf } from "./reply";
import { withFallback } from "./with-fallback";

/** Registers a select whose options depend on who looks, and on what they have typed; who may not look gets none. */
export function onSearch(
  app: App,
  context: ListenerContext,
  actionId: string,
  find: (search: Search) => Promise<PlainTextOption[] | Refusal>,
): void {
  app.options<"block_suggestion">({ action_id: actionId }, async ({ ack, body }) => {
    const search = readSearch(body);
    if (search.kind === "malformed") {
      context.noteRefusal({ actor: senderOf(body).userId, verb: actionId, about: {} }, "malformed");
      return ack({ options: [] });
    }
    const offered = async () => {
      const found = await find(search);
      if (!("kind" in found)) return found;
      context.noteRefusal({ actor: search.actor.userId, verb: actionId, about: {} }, found);
      return [];
    };
    const found = withFallback(context, actionId, offered, () => []);
    // An acknowledgement that comes too late shows an error instead.
    await ack({ options: await inTime(context.ports.clock, found, []) });
  });
}

/** What work brings while Slack still takes an acknowledgement that holds it; `late` where it takes longer. */
async function inTime<Found>(clock: Clock, work: Promise<Found>, late: Found): Promise<Found> {
  const over = new AbortController();
  const tooLate = clock.wait(ACK_MS - ACK_MARGIN_MS, over.signal).then(() => late);
  const first = await Promise.race([work, tooLate]);
  over.abort();
  return first;
}
