import type { App } from "@slack/bolt";
import type { PlainTextOption } from "@slack/types";
import { OPTIONS_MARGIN_MS } from "../../domain/limits";
import { readSearch, type Search } from "../payloads/search";
import { ACK_MS } from "../transport/acknowledge";
import type { ListenerContext } from "./listener-context";
import { withFallback } from "./with-fallback";

/** Registers a select whose options depend on who looks, and on what they have typed. */
export function onSearch(
  app: App,
  context: ListenerContext,
  actionId: string,
  find: (search: Search) => Promise<PlainTextOption[]>,
): void {
  app.options<"block_suggestion">({ action_id: actionId }, async ({ ack, body }) => {
    const search = readSearch(body);
    if (search.kind === "malformed") return ack({ options: [] });
    const found = withFallback(context, actionId, () => find(search), []);
    await ack({ options: await inTime(context, found) });
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
