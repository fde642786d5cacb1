import type { App } from "@slack/bolt";
import type { PlainTextOption as Option } from "@slack/types";
import { bucketsFor } from "../../workflow/buckets";
import { keysToDelete } from "../../workflow/list";
import { bucketOptions, keyOptions } from "../blocks/options";
import { ACTIONS } from "../ids";
import { readSearch, type Search } from "../payloads/search";
import type { ListenerContext } from "./listener-context";
import { withFallback } from "./reply";

/** The most options that a select takes (Slack, `external_select`). */
const MAX_OPTIONS = 100;

/** The selects whose options depend on who looks, and on what they have typed. */
export function registerSelects(app: App, context: ListenerContext): void {
  const { ports } = context;
  onSearch(app, context, ACTIONS.buckets, async ({ actor, search }) =>
    bucketOptions(await bucketsFor(ports, { actor, search, limit: MAX_OPTIONS })),
  );
  onSearch(app, context, ACTIONS.pickedKey, async ({ actor, search }) => {
    const keys = await keysToDelete(ports, { actor, search, limit: MAX_OPTIONS });
    return "kind" in keys ? [] : keyOptions(keys, actor.userId);
  });
}

function onSearch(
  app: App,
  context: ListenerContext,
  actionId: string,
  find: (search: Search) => Promise<Option[]>,
): void {
  app.options<"block_suggestion">({ action_id: actionId }, async ({ ack, body }) => {
    const search = readSearch(body);
    if (search.kind === "malformed") return ack({ options: [] });
    const found = withFallback(context, actionId, () => find(search), []);
    await ack({ options: await inTime(context, found) });
  });
}

/** None where they are not found in time: an acknowledgement that comes too late shows an error instead. */
async function inTime({ ports, optionsMs }: ListenerContext, found: Promise<Option[]>): Promise<Option[]> {
  const over = new AbortController();
  const late = ports.clock.wait(optionsMs, over.signal).then((): Option[] => []);
  const first = await Promise.race([found, late]);
  over.abort();
  return first;
}
