import { reasonProblem } from "../domain/input-rules";
import { HOUR_MS, MAX_ASKED_PER_HOUR } from "../domain/limits";
import type { Actor } from "../domain/person";
import { NO_RULING } from "../domain/policy/judge";
import { MAX_KEYS_SETTING } from "../domain/policy/limits";
import type { BreakGlass } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { brokenGlassLasts, type Request, type RequestState } from "../domain/request";
import { newReview } from "../domain/review";
import { change } from "./change";
import { requireGlassBreaker } from "./check-glass-breaker";
import {
  type Created,
  type CreateForm,
  type CreatePorts,
  checkBuckets,
  createdBy,
  freeReference,
  type InvalidField,
  type NewlyAsked,
} from "./create";
import { NO_CHANGE, type Recorded, step } from "./step";

/**
 * Gives somebody a key at once, where the policy names them for it: the glass that they break counts as its approval, others are
 * told, and look at it afterwards. The key is made, shown and switched on as every other one, and works for a short while.
 * @param input `viewId` is the form's: sent twice, it gives the first request again
 */
export async function breakGlass(
  ports: CreatePorts,
  input: { actor: Actor; viewId: string; form: CreateForm },
): Promise<Created | InvalidField | Refusal> {
  const { actor, viewId, form } = input;
  const requesterId = actor.userId;
  const allowed = await requireGlassBreaker(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const earlier = await ports.store.read((record) => createdBy(record, viewId, requesterId));
  if (earlier) return earlier;

  if (form.asked.access.permission === "Admin") return refused("glass_never_admin");
  const problem = reasonProblem(form.reason, true);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const [dm, buckets] = await Promise.all([ports.messenger.openDm(requesterId), checkBuckets(ports, form.asked)]);
  if (buckets) return buckets;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });

  const { reason } = form;
  const terms = { ...form.asked, life: { kind: "open" } as const, rotates: null };
  const asked = { id: ports.ids.unique(), requesterId, viewId, dmChannelId: dm.channelId, asked: terms, reason };
  const { revealTtlMs } = ports.settings.limits;
  const changed = await change(ports, {
    about: { viewId },
    alone: { people: [requesterId] },
    facts: async (record) => ({
      reference: await freeReference(ports.ids, record),
      open: (await record.requests.openOf(requesterId, MAX_KEYS_SETTING)).map(({ request }) => request),
      askedInHour: await record.requests.countAskedSince(requesterId, record.at - HOUR_MS),
    }),
    decide: (recorded, at, facts) =>
      decideBreakGlass(recorded, { ...asked, ...facts, glass: allowed.glass, revealTtlMs, at }),
  });
  if (changed.kind === "refused") return changed;
  const created = await ports.store.read((record) => createdBy(record, viewId, requesterId));
  return created ?? refused("unknown_request");
}

/** Why somebody can't break it anew yet, so that nobody fills in a form in vain; what decides is the look at sending it. */
export async function whyNotBreakAnew({ store }: Pick<CreatePorts, "store">, requesterId: string) {
  const open = await store.read(({ requests }) => requests.openOf(requesterId, MAX_KEYS_SETTING));
  return brokenBefore(open.map(({ request }) => request));
}

function brokenBefore(open: readonly Request[]): Refusal | null {
  const before = open.find((one) => brokenGlassLasts(one) !== null);
  return before ? refused("glass_is_broken", { keyName: before.asked.keyName }) : null;
}

/** One form breaks the glass once, and nobody breaks it anew before the key of the last time is on. */
export function decideBreakGlass(
  { request }: Recorded,
  {
    glass,
    open,
    askedInHour,
    revealTtlMs,
    at,
    ...asked
  }: NewlyAsked & {
    glass: BreakGlass;
    /** The open requests of whoever breaks it. */
    open: readonly Request[];
    askedInHour: number;
    revealTtlMs: number;
    at: number;
  },
) {
  const { requesterId } = asked;
  // Another person's form can't have this id; if it did, its request would stay theirs.
  if (request) return request.requesterId === requesterId ? NO_CHANGE : refused("unknown_request");
  const before = brokenBefore(open);
  if (before) return before;
  if (askedInHour >= MAX_ASKED_PER_HOUR) return refused("too_many_asked", { max: MAX_ASKED_PER_HOUR });
  const state: RequestState = {
    kind: "approved",
    approval: { by: { kind: "break_glass", lastsMs: glass.lastsMs }, at, ruling: NO_RULING, isAnew: false },
    // What is that urgent is not kept for later.
    lapsesAt: at + Math.min(revealTtlMs, glass.lastsMs),
    isExtended: false,
    failure: null,
  };
  const review = newReview(glass.tellChannelId, at);
  const newRequest = { ...asked, needsApproval: true, askedAt: at, state, review };
  return step(requesterId, {
    newRequest: { ...newRequest, event: "request.glass_broken" as const, outcome: "broken" },
  });
}
