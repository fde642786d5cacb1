import { type Attempt, isClosed } from "../domain/attempt";
import { refused } from "../domain/refusal";
import type { Making, Request } from "../domain/request";
import { bold, code } from "../domain/sentence";
import { closeWithoutKey, startDiscard } from "./discard";
import { hold } from "./lease";
import { done, type Outcome } from "./outcome";
import type { Delivery, Ports } from "./ports";
import { recordPosted } from "./posted";
import { alert } from "./put-off";
import { startSearch } from "./search";
import type { CreateAnswer } from "./tigris-port";

/** Asks Tigris for the key, once, and goes on with whatever it answers. Its intent is written. */
export async function makeKey(ports: Ports, request: Request<Making>, attempt: Attempt): Promise<Outcome> {
  if (attempt.work.kind !== "create") throw new Error("not an attempt to make a key");
  const { permission, buckets } = request.access;
  const answer = await ports.tigris.createKey({ name: attempt.work.tigrisName, permission, buckets });
  switch (answer.kind) {
    case "made":
      return deliver(ports, request, attempt, answer);
    case "refused":
      return tigrisRefused(ports, request, attempt, answer.code);
    case "lost":
      return answerLost(ports, request, attempt, answer.cause);
  }
}

async function deliver(
  ports: Ports,
  request: Request<Making>,
  attempt: Attempt,
  { accessKeyId, secret }: Extract<CreateAnswer, { kind: "made" }>,
): Promise<Outcome> {
  if (await isTaken(ports, attempt, accessKeyId)) return answerLost(ports, request, attempt, "malformed");
  const delivering = await noteKey(ports, attempt, accessKeyId);
  if (!delivering) return deleteUnheld(ports, request, attempt, accessKeyId);
  const { dmChannelId } = await ports.store.transact((tx) => tx.requests.cards(request.id));
  const delivery: Delivery = {
    id: attempt.id,
    channelId: dmChannelId,
    userId: request.requesterId,
    keyName: request.keyName,
    accessKeyId,
    secret,
    endpoint: request.endpoint,
    postBefore: delivering.lease.until,
  };
  const posting = await ports.messenger.postSecret(delivery);
  if (posting.kind === "not_posted")
    return startDiscard(ports, delivering, { why: "not_delivered", detail: posting.code, at: ports.clock.now() });
  if (await recordPosted(ports, request, delivering, accessKeyId))
    return done("The secret of ", bold(request.keyName), " is in this conversation. Save it now.");
  return deleteUnheld(ports, request, attempt, accessKeyId);
}

/** An id that a record holds already, or the bot's own, is not that of a new key: nothing is posted or deleted for it. */
async function isTaken(ports: Ports, attempt: Attempt, accessKeyId: string): Promise<boolean> {
  if (accessKeyId === ports.settings.ownAccessKeyId) return true;
  return ports.store.transact((tx) => tx.attempts.isRecorded(accessKeyId, attempt.id)).catch(() => false);
}

/** Writes down which key it is and renews the lease, by one conditional write; null where the lease is lost. */
async function noteKey(ports: Ports, attempt: Attempt, accessKeyId: string): Promise<Attempt | null> {
  const { work } = attempt;
  if (work.kind !== "create") return null;
  try {
    return await ports.store.transact(async (tx) => {
      const held = await hold(ports, tx, { ...attempt, accessKeyId, work: { ...work, phase: "delivering" } });
      if (!held) return null;
      await tx.events.append({
        name: "attempt.answered",
        at: ports.clock.now(),
        actorId: "bot",
        requestId: attempt.requestId,
        accessKeyId,
        outcome: "made",
      });
      return held;
    });
  } catch {
    // A store that fails here holds no lease for us: the key goes, as when the lease is lost.
    ports.log.error({ event: "attempt.not_recorded", requestId: attempt.requestId, attemptId: attempt.id });
    return null;
  }
}

/**
 * The lease is lost: somebody else puts the attempt right. Nothing is posted, and the key goes here and now, since they
 * may have looked for it before it was there.
 */
async function deleteUnheld(ports: Ports, request: Request, attempt: Attempt, accessKeyId: string): Promise<Outcome> {
  const answer = await ports.tigris.deleteKey(accessKeyId);
  const isDeleted = answer.kind === "deleted" || answer.kind === "gone";
  if (!isDeleted) await tellIfNobodyLooks(ports, attempt, accessKeyId);
  ports.log.warn({
    event: "attempt.lease_lost",
    requestId: request.id,
    attemptId: attempt.id,
    accessKeyId,
    deletion: answer.kind,
  });
  return refused(
    "in_progress",
    "Making ",
    bold(request.keyName),
    ` took too long, so its key is ${isDeleted ? "" : "being "}deleted. If a secret did appear, don't use it. `,
    "Its card shows when you can press Reveal secret again.",
  );
}

/** Whoever took the attempt over looks for its key and deletes it, unless they have closed it: then a person has to. */
async function tellIfNobodyLooks(ports: Ports, { id }: Attempt, accessKeyId: string): Promise<void> {
  const isTold = await ports.store
    .transact(async (tx) => {
      const attempt = await tx.attempts.find(id);
      if (!attempt || !isClosed(attempt.work)) return false;
      await alert(tx, { ...attempt, accessKeyId }, ports.clock.now(), [
        "I could not delete the access key ",
        code(accessKeyId),
        ", which was made too late to be recorded. Please delete it in the Tigris Dashboard.",
      ]);
      return true;
    })
    .catch(() => false);
  if (isTold) ports.wake();
}

async function tigrisRefused(ports: Ports, request: Request<Making>, attempt: Attempt, why: string): Promise<Outcome> {
  await closeWithoutKey(ports, attempt, "refused", { why: "refused", detail: why, at: ports.clock.now() });
  return refused(
    "tigris_refused",
    "Tigris refused to make ",
    bold(request.keyName),
    " (",
    code(why),
    "). Your request is kept; tell whoever runs this bot (ref ",
    code(request.reference),
    ").",
  );
}

async function answerLost(ports: Ports, request: Request<Making>, attempt: Attempt, cause: string): Promise<Outcome> {
  await startSearch(ports, attempt, { why: "lost", detail: cause, at: ports.clock.now() });
  return refused(
    "tigris_lost",
    "Tigris gave no clear answer, so I don't know whether the key of ",
    bold(request.keyName),
    " was made. I'm looking for it and will delete it if it was. You can press Reveal secret again.",
  );
}
