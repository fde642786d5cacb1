import type { Endpoint } from "../domain/permission";
import { type Access, MAX_BUCKETS } from "../domain/permission";
import type { Actor } from "../domain/person";
import { MAX_ASKED_PER_HOUR, MAX_WAITING, needsApproval } from "../domain/policy";
import { newReference } from "../domain/reference";
import { type Refusal, refused } from "../domain/refusal";
import type { Request, RequestState } from "../domain/request";
import { reasonProblem } from "../domain/text";
import { approversBut, noOtherApprover, requireRequester } from "./look";
import { notChecked } from "./outcome";
import type { Ports } from "./ports";
import { drawCards } from "./record";
import type { Tx } from "./store-port";

/** The form as somebody filled it in, parsed. */
export type CreateForm = { keyName: string; access: Access; endpoint: Endpoint; reason: string | null };

export type Created = { kind: "created"; request: Request; dmChannelId: string };
/** What is wrong with one field, as a sentence to show beside it. */
export type FieldProblem = { kind: "invalid"; field: "buckets" | "reason"; problem: string };

/**
 * Asks for a key. What policy allows is approved at once; otherwise approvers are asked.
 * @param input `viewId` is the form's: sent twice, it gives the first request again
 */
export async function createRequest(
  ports: Ports,
  input: { actor: Actor; viewId: string; form: CreateForm },
): Promise<Created | FieldProblem | Refusal> {
  const { actor, viewId, form } = input;
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  const earlier = await ports.store.transact((tx) => createdBy(tx, viewId, actor.userId));
  if (earlier) return earlier;

  const asksPeople = needsApproval(form.access, ports.settings.policy.approvalFor);
  const problem = reasonProblem(form.reason, asksPeople);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const [dm, buckets, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    checkBuckets(ports, form.access),
    asksPeople ? checkApprovals(ports, actor.userId) : null,
  ]);
  if (approvals) return approvals;
  if (buckets) return buckets;
  if (dm.kind === "unavailable") return dmClosed(dm.reason);
  const created = await ports.store.transact((tx) =>
    insert(ports, tx, { ...input, dmChannelId: dm.channelId, asksPeople }),
  );
  ports.wake();
  return created;
}

async function createdBy(tx: Tx, viewId: string, requesterId: string): Promise<Created | null> {
  const request = await tx.requests.findByView(viewId);
  if (request?.requesterId !== requesterId) return null;
  const { dmChannelId } = await tx.requests.cards(request.id);
  return { kind: "created", request, dmChannelId };
}

/** Holds the chosen buckets against the list of this moment. */
async function checkBuckets(ports: Ports, access: Access): Promise<FieldProblem | Refusal | null> {
  const { buckets } = access;
  if (buckets.kind === "all") return null;
  if (buckets.names.length === 0 || buckets.names.length > MAX_BUCKETS)
    return { kind: "invalid", field: "buckets", problem: `Choose between 1 and ${MAX_BUCKETS} buckets.` };
  const list = await ports.tigris.listBuckets();
  if (list.kind === "unavailable")
    return refused("not_checked", "Tigris didn't tell me which buckets there are. Nothing was changed; try again.");
  const known = new Set(list.names);
  const missing = buckets.names.filter((name) => !known.has(name));
  if (missing.length === 0) return null;
  return { kind: "invalid", field: "buckets", problem: `No longer there: ${missing.join(", ")}. Choose again.` };
}

/** Whether somebody else could decide, and the approvals channel can be posted to. */
async function checkApprovals(ports: Ports, requesterId: string): Promise<Refusal | null> {
  const [approvers, channel] = await Promise.all([
    approversBut(ports, requesterId),
    ports.messenger.approvalsChannel(),
  ]);
  if ("kind" in approvers) return approvers;
  if (approvers.length === 0) return noOtherApprover();
  if (channel.kind === "unavailable") return notChecked();
  if (channel.kind === "fit") return null;
  return refused("channel_unfit", ...channel.reason, " Nothing was changed; tell whoever runs this bot.");
}

async function insert(
  ports: Ports,
  tx: Tx,
  input: { actor: Actor; viewId: string; form: CreateForm; dmChannelId: string; asksPeople: boolean },
): Promise<Created | Refusal> {
  const requesterId = input.actor.userId;
  const earlier = await createdBy(tx, input.viewId, requesterId);
  if (earlier) return earlier;
  const full = await quotaRefusal(ports, tx, requesterId, input.asksPeople);
  if (full) return full;
  const at = ports.clock.now();
  const id = ports.ids.unique();
  await tx.requests.insert({
    ...input.form,
    id,
    reference: await freeReference(ports, tx),
    requesterId,
    needsApproval: input.asksPeople,
    askedAt: at,
    state: firstState(ports, input.asksPeople, at),
    viewId: input.viewId,
    dmChannelId: input.dmChannelId,
  });
  const event = { at, requestId: id, accessKeyId: null };
  await tx.events.append({ ...event, name: "request.created", actorId: requesterId, outcome: "created" });
  if (!input.asksPeople)
    await tx.events.append({ ...event, name: "request.approved", actorId: "policy", outcome: "approved" });
  const request = await tx.requests.find(id);
  if (!request) throw new Error("a request that was just written is missing");
  await drawCards(tx, request, at);
  return { kind: "created", request, dmChannelId: input.dmChannelId };
}

function firstState(ports: Ports, asksPeople: boolean, at: number): RequestState {
  const { requestTtlMs, revealTtlMs } = ports.settings.policy;
  if (asksPeople) return { kind: "pending", lapsesAt: at + requestTtlMs };
  return { kind: "approved", approval: { by: { kind: "policy" }, at }, lapsesAt: at + revealTtlMs, failure: null };
}

const HOUR_MS = 60 * 60 * 1_000;

/** Whether somebody has as many keys, or as many waiting requests, as one person may have; null where not. */
export async function quotaRefusal(
  ports: Pick<Ports, "settings" | "clock">,
  tx: Tx,
  requesterId: string,
  asksPeople: boolean,
): Promise<Refusal | null> {
  const { maxKeysPerUser } = ports.settings.policy;
  if ((await tx.quotaUse(requesterId)) >= maxKeysPerUser)
    return refused(
      "quota",
      `You have ${maxKeysPerUser} keys and open requests, the most that one person may have. Delete one with `,
      { kind: "code", text: "/tigris-key list" },
      " first.",
    );
  if (asksPeople && (await tx.requests.countWaiting(requesterId)) >= MAX_WAITING)
    return refused(
      "too_many_waiting",
      `You have ${MAX_WAITING} requests waiting for a decision already. Wait for one, or cancel one in our DM, first.`,
    );
  const anHourAgo = ports.clock.now() - HOUR_MS;
  if (asksPeople && (await tx.requests.countAskedSince(requesterId, anHourAgo)) >= MAX_ASKED_PER_HOUR)
    return refused(
      "too_many_waiting",
      `You have asked for ${MAX_ASKED_PER_HOUR} approvals within an hour. Nothing was changed; try again later.`,
    );
  return null;
}

async function freeReference(ports: Ports, tx: Tx): Promise<string> {
  for (;;) {
    const reference = newReference(ports.ids.randomByte);
    if (!(await tx.requests.isReferenceTaken(reference))) return reference;
  }
}

function dmClosed(reason: string): Refusal {
  return refused(
    "dm_closed",
    `I couldn't open a direct message with you (Slack said: ${reason}), and that is where keys are handed over. `,
    "Nothing was changed; please try again.",
  );
}
