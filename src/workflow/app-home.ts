import { FIRST_LOOK, type HomeLook } from "../domain/app-home";
import type { Key } from "../domain/key";
import {
  KEYS_PER_PAGE,
  MAX_KEYS_COUNTED,
  MAX_WAITING_JUDGED,
  MAX_WAITING_SHOWN,
  UNCONFIRMED_AFTER_MS,
} from "../domain/limits";
import type { Actor, People } from "../domain/person";
import { decidedRules } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { everDecidersOf, type Looked, rulesNaming } from "../domain/policy/votes";
import { type Refusal, refused } from "../domain/refusal";
import { isIn, ownedKeyId, type Request } from "../domain/request";
import { needsFor } from "../domain/vote-steps";
import { mayUse } from "../domain/who-may";
import type { PlacedRequest } from "./app-home-port";
import type { ChangePorts } from "./change";
import { type CheckPorts, lookAtActor, lookAtPerson, lookingFor } from "./check-person";
import type { CardPlace } from "./outbox-message";
import type { Reads } from "./store-port";

/** Who looks at their Home: judged afresh for each drawing of it. */
export type HomeViewer = {
  kind: "viewer";
  userId: string;
  /** All of theirs: what they asked for under any of them is not theirs to decide. */
  ids: readonly string[];
  isApprover: boolean;
  /** By which they were judged, and their Home is drawn. */
  policy: Policy;
  /** Whose requests they may decide, as far as Slack says. */
  looked: Looked;
  /** Whether some rule has them decide. */
  mayDecide: boolean;
  /** Whether the policy names them for it. */
  mayBreakGlass: boolean;
  /** Why they see only what is their own: nobody can say just now whether they are an approver, or they are none. */
  whyOwn: Refusal;
};

/** A key with the card on which it can be dealt with, and the DM that the card is in. */
export type PlacedKey = { key: Key; card: CardPlace | null; dmChannelId: string };

/** What a Home shows. */
export type HomeContents = {
  viewer: HomeViewer;
  look: HomeLook;
  at: number;
  /** For approvers: what they may decide. */
  toDecide: { requests: PlacedRequest[]; count: number };
  /** Their own open requests, each with the key that it owns. */
  open: (PlacedRequest & { key: Key | null })[];
  /** Their own keys that need something. */
  unsettled: PlacedKey[];
  keys: { page: Key[]; count: number; hasOlder: boolean; hasNewer: boolean };
};

/** Looks at whose Home it is. @param who the actor of a payload, or somebody's id where nobody clicked */
export async function lookAtViewer(
  ports: CheckPorts,
  who: Actor | string,
  purpose: "form" | "redraw",
): Promise<HomeViewer | Refusal> {
  const looking = lookingFor(purpose, ports);
  const { policy } = await ports.policy.inForce();
  const { approvers } = ports.settings;
  const deciders = decidedRules(policy.rules).map(everDecidersOf);
  const glass = policy.breakGlass === null ? [] : [policy.breakGlass.who];
  const lists = [approvers, ...deciders, ...glass];
  const look = await (typeof who === "string" ? lookAtPerson(looking, who, lists) : lookAtActor(looking, who, lists));
  if (look.kind === "refused") return look;
  const use = mayUse(look.standing);
  if (use.kind === "refused") return use;
  // Their own needs only a member: who the approvers are may be what could not be found out.
  const among = look.isAmong(approvers);
  const looked = { ids: look.ids, isAmong: (people: People) => look.isAmong(people) === true };
  return {
    kind: "viewer",
    userId: typeof who === "string" ? who : who.userId,
    ids: look.ids,
    isApprover: among === true,
    policy,
    looked,
    mayDecide: deciders.some(looked.isAmong),
    mayBreakGlass: glass.some(looked.isAmong),
    whyOwn: typeof among === "boolean" ? refused("not_approver", { approvers }) : among,
  };
}

/** Whether a refusal says that nobody can tell, and not that somebody may not. */
export function isUnknown({ code }: Refusal): boolean {
  return code === "not_checked" || code === "look_refused";
}

/** What somebody may look at now, of what they look at; `refusal`: why it is less. */
export function permittedLook(
  look: HomeLook,
  { isApprover: sees, whyOwn }: HomeViewer,
): { look: HomeLook; refusal: Refusal | null } {
  if (sees || look.whose === "own") return { look, refusal: null };
  return { look: { ...FIRST_LOOK, emptiedAt: look.emptiedAt }, refusal: whyOwn };
}

/** Reads what a Home shows, all of it of one moment. */
export async function readHome(
  { store }: Pick<ChangePorts, "store">,
  { viewer, look }: { viewer: HomeViewer; look: HomeLook },
): Promise<HomeContents> {
  return store.read(async (record) => ({
    viewer,
    look,
    at: record.at,
    toDecide: await toDecideOf(record, viewer),
    open: await openOf(record, viewer.userId),
    unsettled: await unsettledOf(record, viewer.userId),
    keys: await keysOf(record, viewer.userId, look),
  }));
}

/** What waits for their yes by the rules: what they have not said it to yet. */
async function toDecideOf(record: Reads, viewer: HomeViewer): Promise<HomeContents["toDecide"]> {
  if (!viewer.mayDecide) return { requests: [], count: 0 };
  const waiting = await record.requests.toDecide(viewer.ids, MAX_WAITING_JUDGED);
  const own = waiting.filter(({ request }) => isForThem(request, viewer, record.at));
  return { requests: own.slice(0, MAX_WAITING_SHOWN), count: own.length };
}

function isForThem(request: Request, { looked, ids, policy }: HomeViewer, at: number): boolean {
  const hasVoted = isIn(request, "pending") && request.state.votes.some(({ approverId }) => ids.includes(approverId));
  return !hasVoted && rulesNaming(needsFor(request, policy, at), looked).length > 0;
}

async function openOf(record: Reads, userId: string): Promise<HomeContents["open"]> {
  const open = await record.requests.openOf(userId, MAX_WAITING_SHOWN);
  return Promise.all(
    open.map(async (placed) => {
      const keyId = ownedKeyId(placed.request);
      return { ...placed, key: keyId === null ? null : await record.keys.find(keyId) };
    }),
  );
}

async function unsettledOf(record: Reads, userId: string): Promise<PlacedKey[]> {
  const keys = await record.keys.unsettled(userId, MAX_WAITING_SHOWN);
  const lasting = keys.filter((key) => isLasting(key, record.at));
  return Promise.all(
    lasting.map(async (key) => {
      const { requester, dmChannelId } = await record.requests.cards(key.requestId);
      return { key, card: requester, dmChannelId };
    }),
  );
}

/** Pauses and deletions mostly end within seconds: only one that does not is worth telling. */
function isLasting({ state, pause }: Key, at: number): boolean {
  switch (state.kind) {
    case "secret_unknown":
    case "switching_on":
      return true;
    case "deleting":
      return at - state.at >= UNCONFIRMED_AFTER_MS;
    default:
      return pause.stands !== "pausing" || at - (pause.holds.at(-1)?.at ?? 0) >= UNCONFIRMED_AFTER_MS;
  }
}

async function keysOf(record: Reads, userId: string, look: HomeLook): Promise<HomeContents["keys"]> {
  const { whose, from, search, ownerId, permission, bucket } = look;
  const asked = { ownerId: whose === "own" ? userId : ownerId, search: search || null, permission, bucket };
  const { keys: page, isCut } = await record.keys.page({ ...asked, from, limit: KEYS_PER_PAGE });
  // Nothing is left there, or the newest are reached: then the first page is shown as a whole.
  if (from !== null && (page.length === 0 || (from.side === "newer" && !isCut)))
    return keysOf(record, userId, { ...look, from: null });
  const count = await record.keys.count({ ...asked, from: null, limit: MAX_KEYS_COUNTED + 1 });
  return { page, count, hasOlder: from?.side === "newer" || isCut, hasNewer: from !== null };
}
