import { reasonProblem } from "../domain/input-rules";
import { isFree, type Key } from "../domain/key";
import { isLeaverIn, MAX_LEFT_KEYS } from "../domain/leaver";
import type { Actor } from "../domain/person";
import { needsPeople } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import type { CallPorts } from "./calls";
import { type CheckPorts, lookingFor, requireMember } from "./check-person";
import { requireRequester } from "./check-requester";
import { type CreatePorts, checkApprovals, createdBy, type InvalidField, record } from "./create";
import { endForRequester } from "./end-request";
import { whyNotTaken } from "./may-take-over";
import type { Outcome } from "./outcome";
import { takeOver } from "./take-over";

/** A key that somebody has left, and whether such keys need somebody's approval by now. */
export type LeftKey = { key: Key; needsApproval: boolean };

type LeftKeys = { kind: "found"; keys: LeftKey[]; policy: Policy };

/** The keys that somebody who has left owns and that can be taken over, before a full member is shown the form for it. */
export async function keysToTakeOver(
  ports: Pick<CreatePorts, "store"> & CheckPorts,
  { actor, fromId }: { actor: Actor; fromId: string },
): Promise<LeftKeys | Refusal> {
  const member = await requireMember(lookingFor("form", ports), actor);
  if (member.kind === "refused") return member;
  const { policy } = await ports.policy.inForce();
  const { leaver, keys } = await ports.store.read(async (stored) => ({
    leaver: await stored.leavers.find(fromId),
    keys: await stored.keys.livingOf(fromId, MAX_LEFT_KEYS),
  }));
  if (leaver === null) return refused("nothing_left", { ownerId: fromId });
  if (!isLeaverIn(leaver, "left") || actor.userId === fromId) return refused("owner_is_there", { ownerId: fromId });
  const left = keys
    .filter(({ state }) => isFree(state))
    .map((key) => ({ key, needsApproval: needsPeople(key.access, policy) }));
  return left.length === 0 ? refused("nothing_left", { ownerId: fromId }) : { kind: "found", keys: left, policy };
}

type TakeAllPorts = CreatePorts & CallPorts & CheckPorts;
/** What became of one key: it is theirs, it was asked for, or why not. */
export type TakenKey = { keyName: string; outcome: Outcome | { kind: "asked" } };
export type Taken = { kind: "taken"; keys: TakenKey[] };

/**
 * Takes over the chosen keys, each by a judgment of its own: what needs nobody at once, for all others somebody is asked.
 * @param input `viewId` is the form's: sent twice, it does each thing once
 */
export async function takeOverChosen(
  ports: TakeAllPorts,
  input: { actor: Actor; viewId: string; fromId: string; accessKeyIds: readonly string[]; reason: string | null },
): Promise<Taken | InvalidField | Refusal> {
  const { actor, viewId, fromId, accessKeyIds, reason } = input;
  const { policy } = await ports.policy.inForce();
  const chosen = await ports.store.read(async (stored) => {
    const found: (Key | null)[] = [];
    for (const id of accessKeyIds) found.push(await stored.keys.find(id));
    return found.map((key, index) => ({ id: accessKeyIds[index] ?? "", key: key?.ownerId === fromId ? key : null }));
  });
  const isAsked = (key: Key | null) => key !== null && needsPeople(key.access, policy);
  const problem = chosen.some(({ key }) => isAsked(key)) ? reasonProblem(reason, true) : null;
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const keys: TakenKey[] = [];
  for (const { id, key } of chosen) {
    const outcome = isAsked(key)
      ? await askToTakeOver(ports, { actor, viewId: `${viewId} ${id}`, fromId, accessKeyId: id, reason })
      : await takeOver(ports, { actor, fromId, accessKeyId: id, clickId: `${actor.userId} ${viewId} ${id}` });
    if (outcome.kind === "invalid") return outcome;
    // Who may not at all learns it once.
    if (outcome.kind === "refused" && key === null && chosen.length === 1) return outcome;
    keys.push({ keyName: key?.keyName ?? nameIn(outcome), outcome });
  }
  return { kind: "taken", keys };
}

/** What is not, or no longer, theirs has a name where somebody took it over before. */
function nameIn(outcome: Outcome | { kind: "asked" }): string {
  return outcome.kind === "refused" && outcome.code === "taken_over" ? outcome.about.keyName : "";
}

/** Asks for the key of somebody who has left, where its kind needs an approval. */
async function askToTakeOver(
  ports: TakeAllPorts,
  input: { actor: Actor; viewId: string; fromId: string; accessKeyId: string; reason: string | null },
): Promise<{ kind: "asked" } | InvalidField | Refusal> {
  const { actor, viewId, fromId, accessKeyId, reason } = input;
  const earlier = await ports.store.read((stored) => createdBy(stored, viewId, actor.userId));
  if (earlier) return { kind: "asked" };
  const { key, asking, leaver } = await ports.store.read(async (stored) => ({
    key: await stored.keys.find(accessKeyId),
    asking: await stored.requests.findOpenAbout(accessKeyId),
    leaver: await stored.leavers.find(fromId),
  }));
  const requester = await requireRequester(ports, actor, key?.access ?? null);
  if (requester.kind === "refused") return requester;
  const { ids, policy } = requester;
  const whyNot = whyNotTaken(key, ids, { ownerId: fromId, leaver });
  if (whyNot || key === null) return whyNot ?? refused("unknown_key");
  const { keyName, access, endpoint } = key;
  const [dm, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    checkApprovals(ports, { ids, policy, access }),
  ]);
  if (approvals) return approvals;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  // Whatever they asked about it before they left gives nothing any more.
  if (asking?.requesterId === fromId) await endForRequester(ports, asking.id);
  const asked = { kind: "takeover", accessKeyId, keyName, access, endpoint } as const;
  const created = await record(ports, {
    requesterId: actor.userId,
    viewId,
    dmChannelId: dm.channelId,
    asked,
    reason,
    policy,
  });
  return created.kind === "created" ? { kind: "asked" } : created;
}

/** Whose a key is, to open the form for the keys of theirs. It permits nothing. */
export async function ownerOf({ store }: Pick<CreatePorts, "store">, accessKeyId: string): Promise<string> {
  return (await store.read((stored) => stored.keys.find(accessKeyId)))?.ownerId ?? "";
}
