import { compareWithKey, needsAsking } from "../domain/access-change";
import { whyNotChanged } from "../domain/access-steps";
import type { FieldProblem } from "../domain/input-rules";
import { reasonProblem } from "../domain/input-rules";
import type { Key } from "../domain/key";
import { type ChosenLife, lifeOf } from "../domain/key-end";
import { startRotation } from "../domain/key-steps";
import { HOUR_MS, MAX_BUCKETS } from "../domain/limits";
import { newReference } from "../domain/names";
import { liftHolds } from "../domain/pause-steps";
import type { Actor } from "../domain/person";
import { withoutRule } from "../domain/policy/alternatives";
import { decidedRules, lastsBy, needsPeople, rulesFor, rulingOf } from "../domain/policy/judge";
import type { Policy, Rule } from "../domain/policy/rule";
import { type QuotaUse, quotaRefusal } from "../domain/quota";
import { type Refusal, refused } from "../domain/refusal";
import { type Asked, aboutKeyId, type KeyAsked, type Request, type RequestState } from "../domain/request";
import { whyNotRotated } from "../domain/rotation";
import { firstWait } from "../domain/vote-steps";
import { type ChangePorts, change } from "./change";
import { decidersFor } from "./check-deciders";
import type { CheckPorts } from "./check-person";
import { requireRequester } from "./check-requester";
import { whyNotExtended } from "./extend-key";
import { whyNotFree } from "./may-take-over";
import type { MessengerPort } from "./messenger-port";
import type { Ids, Limits } from "./ports";
import { NO_CHANGE, type Recorded, step } from "./step";
import type { NewRequest, Reads } from "./store-port";
import type { TigrisPort } from "./tigris-port";

/** The form as somebody filled it in, parsed. */
export type CreateForm = { asked: Omit<KeyAsked, "life" | "rotates">; life: ChosenLife | null; reason: string | null };

export type Created = { kind: "created"; request: Request; dmChannelId: string };
/** What is wrong with one field. */
export type InvalidField = { kind: "invalid"; field: "buckets" | "reason" | "life"; problem: FieldProblem };

export type CreatePorts = ChangePorts &
  CheckPorts & {
    ids: Ids;
    messenger: Pick<MessengerPort, "openDm" | "approvalsChannel">;
    tigris: Pick<TigrisPort, "listBuckets">;
  };

/**
 * Asks for a key. What policy allows is approved at once; otherwise approvers are asked.
 * @param input `viewId` is the form's: sent twice, it gives the first request again
 */
export async function createRequest(
  ports: CreatePorts,
  input: { actor: Actor; viewId: string; form: CreateForm },
): Promise<Created | InvalidField | Refusal> {
  const { actor, viewId, form } = input;
  const allowed = await requireRequester(ports, actor, form.asked.access);
  if (allowed.kind === "refused") return allowed;
  const earlier = await ports.store.read((record) => createdBy(record, viewId, actor.userId));
  if (earlier) return earlier;

  const { ids, policy } = allowed;
  const asksPeople = needsPeople(form.asked.access, policy);
  const problem = reasonProblem(form.reason, asksPeople);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const lasts = lastsBy(rulesFor(form.asked.access, policy));
  const chosen = lifeOf(form.life, lasts, { at: ports.store.now(), timeZone: allowed.timeZone });
  if (chosen.kind === "invalid") return { kind: "invalid", field: "life", problem: chosen.problem };
  const [dm, buckets, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    checkBuckets(ports, form.asked),
    asksPeople ? checkApprovals(ports, { ids, policy, access: form.asked.access }) : null,
  ]);
  if (approvals) return approvals;
  if (buckets) return buckets;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  const asked = { ...form.asked, life: chosen.life, rotates: null };
  const { reason } = form;
  return record(ports, { requesterId: actor.userId, viewId, dmChannelId: dm.channelId, policy, asked, reason });
}

/** What somebody asks for, and the policy by which they were looked at. */
type Asking = Pick<NewRequest, "requesterId" | "viewId" | "dmChannelId" | "asked" | "reason"> & { policy: Policy };

/** Writes down what somebody asks for, once for each form: what policy allows is approved at once. */
export async function record(ports: CreatePorts, asking: Asking): Promise<Created | Refusal> {
  const { requesterId, viewId, asked } = asking;
  const { limits } = ports.settings;
  const id = ports.ids.unique();
  const accessKeyId = aboutKeyId(asked);
  const changed = await change(ports, {
    about: { viewId },
    alone: { people: [requesterId], accessKeyId },
    facts: async (record) => ({
      use: await quotaUseOf(record, requesterId),
      reference: await freeReference(ports.ids, record),
      keyAskedFor: accessKeyId === null ? null : await record.keys.find(accessKeyId),
      isAskedAlready: accessKeyId !== null && (await isAskedAbout(record, accessKeyId, asked)),
    }),
    decide: (recorded, at, facts) => decideCreate(recorded, { id, ...asking, ...facts, at, limits }),
  });
  if (changed.kind === "refused") return changed;
  const created = await ports.store.read((record) => createdBy(record, viewId, requesterId));
  return created ?? refused("unknown_request");
}

/** Whether something is asked about a key already; while another one is to take its place, the rest may be asked all the same. */
async function isAskedAbout({ requests }: Reads, accessKeyId: string, { kind }: Asked): Promise<boolean> {
  if (await requests.hasOpenAbout(accessKeyId)) return true;
  return kind === "key" && (await requests.hasOpenRotation(accessKeyId));
}

/** The request that somebody made with a form already. */
export async function createdBy(record: Reads, viewId: string, requesterId: string): Promise<Created | null> {
  const request = await record.requests.findByView(viewId);
  if (request?.requesterId !== requesterId) return null;
  const { dmChannelId } = await record.requests.cards(request.id);
  return { kind: "created", request, dmChannelId };
}

/** Holds the chosen buckets against the list of this moment. */
export async function checkBuckets(
  ports: Pick<CreatePorts, "tigris">,
  { access }: Pick<Asked, "access">,
): Promise<InvalidField | Refusal | null> {
  const { buckets } = access;
  if (buckets.kind === "all") return null;
  const invalid = (problem: FieldProblem): InvalidField => ({ kind: "invalid", field: "buckets", problem });
  if (buckets.names.length === 0 || buckets.names.length > MAX_BUCKETS)
    return invalid({ code: "bucket_count", max: MAX_BUCKETS });
  const list = await ports.tigris.listBuckets();
  if (list.kind === "unavailable") return refused("buckets_unknown");
  const known = new Set(list.names);
  const missing = buckets.names.filter((name) => !known.has(name));
  return missing.length === 0 ? null : invalid({ code: "buckets_gone", names: missing });
}

/** Whether enough others could decide by each rule, and the approvals channel can be posted to. */
export async function checkApprovals(
  ports: CreatePorts,
  asking: Parameters<typeof decidersFor>[1],
): Promise<Refusal | null> {
  const [deciders, channel] = await Promise.all([decidersFor(ports, asking), ports.messenger.approvalsChannel()]);
  if ("code" in deciders) return deciders;
  if (channel.kind === "unavailable") return refused("not_checked");
  return channel.kind === "fit" ? null : refused("channel_unfit", { channel: channel.channel });
}

/** What somebody has already. */
export async function quotaUseOf(record: Reads, requesterId: string): Promise<QuotaUse> {
  return {
    taken: await record.quotaUse(requesterId),
    waiting: await record.requests.countWaiting(requesterId),
    askedInHour: await record.requests.countAskedSince(requesterId, record.at - HOUR_MS),
  };
}

/** A reference that no request, and no name of a key, has. */
export async function freeReference({ randomByte }: Ids, record: Reads): Promise<string> {
  for (;;) {
    const reference = newReference(randomByte);
    if (!(await record.requests.isReferenceTaken(reference))) return reference;
  }
}

/** What is asked for, as it is written down. */
export type NewlyAsked = Pick<
  NewRequest,
  "id" | "reference" | "requesterId" | "asked" | "reason" | "viewId" | "dmChannelId"
>;

/** One form makes one request, while its requester has room for it. */
export function decideCreate(
  { request }: Recorded,
  {
    use,
    keyAskedFor,
    isAskedAlready,
    policy,
    limits,
    at,
    ...asked
  }: NewlyAsked & {
    use: QuotaUse;
    /** The key that something is asked of, or whose place the asked one takes; null where there is none. */
    keyAskedFor: Key | null;
    isAskedAlready: boolean;
    policy: Policy;
    limits: Limits;
    at: number;
  },
) {
  const { requesterId } = asked;
  // Another person's form can't have this id; if it did, its request would stay theirs.
  if (request) return request.requesterId === requesterId ? NO_CHANGE : refused("unknown_request");
  // It may have begun to go since its owner was looked at.
  const whyNot = keyAskedFor && whyNotAsked(asked.asked, keyAskedFor, { ownerId: requesterId, at });
  if (whyNot) return whyNot;
  if (isAskedAlready) return refused("already_asked", { keyName: asked.asked.keyName });
  // The look at whoever asks said so too: what no rule fits must never count as what needs nobody.
  const without = withoutRule(asked.asked.access, policy);
  if (without) return refused("no_rule", without);
  // A new secret makes no key more.
  const isOneMore = asked.asked.kind === "key" || asked.asked.kind === "takeover";
  const maxKeysPerUser = isOneMore ? policy.maxKeysPerUser : Number.POSITIVE_INFINITY;
  const rules = rulesFor(asked.asked.access, policy);
  const asksPeople = decidedRules(rules).length > 0;
  const isRotation = asked.asked.kind === "key" && asked.asked.rotates !== null;
  const full = quotaRefusal(use, { maxKeysPerUser, asksPeople, isRotation });
  if (full) return full;
  const state = firstState(rules, limits, at);
  const newRequest = { ...asked, needsApproval: asksPeople, askedAt: at, state, review: null };
  const names = rulingOf(rules).rules.join(", ");
  return step(requesterId, {
    newRequest: { ...newRequest, event: "request.created" as const, outcome: "created" },
    events: asksPeople
      ? []
      : [{ name: "request.approved" as const, actorId: "policy", outcome: `approved by ${names}` }],
  });
}

/** Why what is asked about a key can't be given as it stands; null where it can. */
export function whyNotAsked(asked: Asked, key: Key, { ownerId, at }: { ownerId: string; at: number }): Refusal | null {
  const { kind, access, keyName } = asked;
  if (kind === "takeover") return whyNotFree(key, ownerId);
  if (key.ownerId !== ownerId) return refused("not_yours", { of: "key" });
  if (kind === "key") return whyNotRotated(key, at);
  if (kind === "extend") return whyNotExtended(key);
  if (kind === "access") {
    const isMore = needsAsking(compareWithKey(key, access));
    return whyNotChanged(key, at) ?? (isMore ? null : refused("access_is_same", { keyName }));
  }
  const moved = kind === "resume" ? liftHolds(key, { id: ownerId, isApprover: false }) : startRotation(key);
  return moved.kind === "refused" ? moved : null;
}

function firstState(rules: readonly Rule[], { requestTtlMs, revealTtlMs }: Limits, at: number): RequestState {
  if (decidedRules(rules).length > 0) return firstWait(rules, { at, requestTtlMs });
  return {
    kind: "approved",
    approval: { by: { kind: "policy" }, at, ruling: rulingOf(rules), isAnew: false },
    lapsesAt: at + revealTtlMs,
    isExtended: false,
    failure: null,
  };
}
