import type { App } from "@slack/bolt";
import { FIRST_LOOK, type HomeLook } from "../../domain/app-home";
import { storable } from "../../domain/input-rules";
import { MAX_SEARCH } from "../../domain/limits";
import { PERMISSIONS } from "../../domain/permission";
import { bucketsToFilter } from "../../workflow/buckets-to-filter";
import { bucketOptions, canBeOffered } from "../blocks/bucket-options";
import { MAX_OPTIONS } from "../blocks/option";
import { cut } from "../blocks/plain";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onSearch } from "../interaction/on-search";
import type { Deed } from "../interaction/refusal-trace";
import { beside, type Reply, refused, replyInHome, senderOf } from "../interaction/reply";
import { withFallback } from "../interaction/with-fallback";
import { slackId } from "../payloads/actor";
import { type Click, readClick } from "../payloads/click";
import type { Sentence } from "../words/sentence";
import { type DrawOutcome, drawHome } from "./draw";

/** Changes what somebody looks at. `at`: now, in the store's time. */
type Turn = (look: HomeLook, click: Click, at: number) => HomeLook;

const turned =
  (side: "older" | "newer"): Turn =>
  (look, { value }) => ({ ...look, from: value === null ? null : { side, accessKeyId: value } });

/** Whoever narrows a list begins at its newest key. */
const narrowed =
  (change: (chosen: string | null) => Partial<HomeLook>): Turn =>
  (look, { chosen }) => ({ ...look, ...change(chosen), from: null });

const TURNS: Readonly<Record<string, Turn>> = {
  [ACTIONS.homeOlder]: turned("older"),
  [ACTIONS.homeNewer]: turned("newer"),
  [ACTIONS.homeOwn]: (_look, _click, at) => ({ ...FIRST_LOOK, emptiedAt: at }),
  [ACTIONS.homeEverybody]: (_look, _click, at) => ({ ...FIRST_LOOK, whose: "everybody", emptiedAt: at }),
  [ACTIONS.homeClear]: ({ whose }, _click, at) => ({ ...FIRST_LOOK, whose, emptiedAt: at }),
  [ACTIONS.homeSearch]: narrowed((typed) => ({ search: cut(storable(typed?.trim() ?? ""), MAX_SEARCH) })),
  [ACTIONS.homePerson]: narrowed((userId) => ({ ownerId: slackId.safeParse(userId).data ?? null })),
  [ACTIONS.homePermission]: narrowed((chosen) => ({
    permission: PERMISSIONS.find((permission) => permission === chosen) ?? null,
  })),
  [ACTIONS.homeBucket]: narrowed((bucket) => ({ bucket: bucket !== null && canBeOffered(bucket) ? bucket : null })),
};

/** What turns the pages of a Home and narrows its keys: drawn at once. Who may see the result, each drawing judges. */
export function registerLooks(app: App, context: ListenerContext): void {
  for (const [actionId, turn] of Object.entries(TURNS))
    app.action({ type: "block_actions", action_id: actionId }, async ({ ack, body }) => {
      await ack();
      const click = readClick(body);
      if (click.kind === "malformed" || !click.isInHome)
        return context.noteRefusal({ actor: senderOf(body).userId, verb: actionId, about: {} }, "malformed");
      const looked = await withFallback<Reply | null>(
        context,
        actionId,
        () => look(context, click, turn),
        (words) => beside(...words),
      );
      if (looked !== null) await replyInHome(context, click, looked);
    });
  onSearch(app, context, ACTIONS.homeBucket, async ({ actor, search }) => {
    const buckets = await bucketsToFilter(context.ports, { actor, search, limit: MAX_OPTIONS });
    return "kind" in buckets ? buckets : bucketOptions(buckets);
  });
}

/** @returns what to say where it could not be drawn; null where it shows */
async function look(context: ListenerContext, click: Click, turn: Turn): Promise<Reply | null> {
  const { ports, client, workspaceUrl } = context;
  const { actor, actionId } = click;
  const { store } = ports;
  const known = (await store.appHomes.find(actor.userId))?.look ?? FIRST_LOOK;
  await store.appHomes.acted(actor.userId, { look: turn(known, click, store.now()), said: null });
  const drawn = await drawHome({ ...ports, client, workspaceUrl }, { userId: actor.userId, actor });
  noteClosed(context, { actor: actor.userId, verb: actionId, about: {} }, drawn);
  if (drawn.kind !== "failed") return null;
  ports.log.warn({ event: "app_home.not_drawn", code: drawn.code });
  return drawn.refusal === null ? beside(...PAGE_NOT_DRAWN) : refused("beside", drawn.refusal);
}

/** Who sees less than they asked for leaves a trace of what they tried, as everywhere. */
export function noteClosed(
  { noteRefusal }: Pick<ListenerContext, "noteRefusal">,
  deed: Deed,
  drawn: DrawOutcome,
): void {
  if ("refusal" in drawn && drawn.refusal !== null) noteRefusal(deed, drawn.refusal.code);
}

export const PAGE_NOT_DRAWN: Sentence = ["Slack didn't take the new page. I try again by myself in a moment."];
