import type { App } from "@slack/bolt";
import type { PlainTextOption } from "@slack/types";
import { OPTIONS_MARGIN_MS } from "../../domain/limits";
import type { Refusal } from "../../domain/refusal";
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
      context.noteRefusal({ actor: search.actor.userId, verb: actionId, about: {} }, found.code);
      return [];
    };
    await ack({ options: await inTime(context, withFallback(context, actionId, offered, [])) });
  });
}

/** None where they are not found in time: an acknowledgement that comes too late shows an error instead. */
async function inTime({ ports }: ListenerContext, found: Promise<PlainTextOption[]>): Promise<PlainTextOption[]> {
  const over = new AbortController();
  const late = ports.clock.wait(ACK_MS - OPTIONS_MARGIN_MS, over.signal).then((): PlainTextOption[] => []);
  const first = await Promise.race([found, late]);
  over.abort();
  return first;
}
