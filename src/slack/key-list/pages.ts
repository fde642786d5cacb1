import { KEYS_PER_PAGE } from "../../domain/limits";
import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { listKeys, type PageQuery } from "../../workflow/list";
import type { DoneCode, Outcome } from "../../workflow/outcome";
import type { Message } from "../blocks/message";
import { respond } from "../clients/respond";
import type { ListenerContext } from "../interaction/listener-context";
import { outcomeBeside, type Reply } from "../interaction/reply";
import { withFallback } from "../interaction/with-fallback";
import type { Position } from "./position";
import { type Deed, keyList } from "./view";

/** One page of keys, as a message; its first page stands beside, the others take its place. */
export async function replyWithKeys(context: ListenerContext, query: PageQuery & { actor: Actor }): Promise<Reply> {
  const drawn = await drawPage(context, query, null);
  if ("code" in drawn) return outcomeBeside(drawn);
  return { kind: "message", how: query.from === null ? "beside" : "instead", message: drawn };
}

/** A click in a list: whose it was, where a reply goes, the page, and the key of the row. */
export type RowClick = { actor: Actor; responseUrl: string | null; position: Position; accessKeyId: string };

/**
 * What became of a key shows in its row at once: the page is drawn anew in place of the list. Where nothing was done, a
 * sentence beside it says why.
 */
export async function replyInRow(context: ListenerContext, click: RowClick, outcome: Outcome): Promise<Reply> {
  if (outcome.kind === "done") {
    const message = await drawAgain(context, click, outcome);
    return message === null ? outcomeBeside(outcome) : { kind: "message", how: "instead", message, done: outcome };
  }
  await redrawList(context, click, outcome);
  return outcomeBeside(outcome);
}

/** Draws a list again after a deed whose outcome is read elsewhere, as far as Slack still takes it. */
export async function redrawList(context: ListenerContext, click: RowClick, outcome: Outcome): Promise<void> {
  const { responseUrl } = click;
  if (responseUrl === null || !context.mayRespond(responseUrl)) return;
  const message = await drawAgain(context, click, outcome);
  if (message !== null) await respond(responseUrl, { kind: "instead", message }, context);
}

/** The page of a list as it is after a deed; null where it can't be drawn now. */
function drawAgain(
  context: ListenerContext,
  { actor, position, accessKeyId }: RowClick,
  outcome: Outcome,
): Promise<Message | null> {
  const { whose, search, firstId } = position;
  const from = firstId === null ? null : ({ side: "at", accessKeyId: firstId } as const);
  const draw = async () => {
    const drawn = await drawPage(context, { actor, whose, search, from }, await deedOf(context, accessKeyId, outcome));
    return "code" in drawn ? null : drawn;
  };
  return withFallback<Message | null>(context, "redraw", draw, () => null);
}

/** What was done to a key: only then its row may show what the list no longer has. */
async function deedOf({ ports }: ListenerContext, accessKeyId: string, outcome: Outcome): Promise<Deed | null> {
  const just = outcome.kind === "done" ? DONE[outcome.code] : undefined;
  if (just === undefined) return null;
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  return key && { key, just };
}

const DONE: Partial<Record<DoneCode, Deed["just"]>> = { paused: "paused", resumed: "resumed", deleted: "deleted" };

async function drawPage(
  { ports }: ListenerContext,
  { actor, ...query }: PageQuery & { actor: Actor },
  deed: Deed | null,
): Promise<Message | Refusal> {
  const page = await listKeys(ports, { ...query, actor, pageSize: KEYS_PER_PAGE });
  if (page.kind === "refused") return page;
  return keyList({ ...query, page, viewerId: actor.userId, at: ports.clock.now(), deed });
}
