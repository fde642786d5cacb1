import { type CreateWork, renewLease } from "../../domain/attempt";
import { type Hold, type Key, NO_PAUSE } from "../../domain/key";
import { newAge } from "../../domain/key-age";
import { refused } from "../../domain/refusal";
import { type Asked, grantedAccess, type Request } from "../../domain/request";
import type { Rotation } from "../../domain/rotation";
import { type Recorded, type Step, step } from "../step";
import type { Reads } from "../store-port";
import type { LostCause } from "../tigris-port";
import type { CallDefinition, CallPorts, Held, Interrupted } from "./call";
import { giveUp, refuseCreate } from "./without-key";

type Answer =
  | { kind: "made"; accessKeyId: string }
  | { kind: "refused"; code: string }
  | { kind: "lost"; cause: LostCause };

/** `holds`: those of the key that this one takes the place of. */
type Facts = { holds: readonly Hold[] };

/** `CreateAccessKeyWithBucketsRole` without a role: makes the key of a request, which is off. Its intent is written. */
export const createKey: CallDefinition<CreateWork, Answer, Facts> = {
  power: "gives",
  make: async (ports, held) => {
    const answer = await ports.tigris.createKey({ name: held.attempt.work.tigrisName });
    if (answer.kind !== "made") return { answer };
    const { accessKeyId, secret } = answer;
    if (await isTaken(ports, held, accessKeyId)) return { answer: { kind: "lost", cause: "malformed" } };
    return { answer: { kind: "made", accessKeyId }, secret };
  },
  facts: heldBefore,
  after: (held, answer, { at, facts }) => {
    switch (answer.kind) {
      case "made":
        return recordKey(held, answer.accessKeyId, { at, holds: facts.holds });
      case "refused":
        return { ...refuseCreate(held, answer.code, at), ...said(held, answer) };
      case "lost":
        return { ...giveUp(held, { why: "lost", detail: answer.cause, at }), ...said(held, answer) };
      case "interrupted":
        return giveUp(held, { why: "interrupted", detail: null, at });
    }
  },
  // Whoever took the attempt over looks for its key, which has no power.
  late: ({ request }, answer) =>
    answer.kind === "made"
      ? step("bot", { say: refused("lease_lost", { keyName: request?.asked.keyName ?? "" }) })
      : step("bot", said({ request }, answer)),
};

/** What holds the newest key of a request: the next one takes it over. */
export async function heldBefore(record: Reads, { request }: Recorded): Promise<Facts> {
  return { holds: (request && (await record.keys.findByRequest(request.id))?.pause.holds) ?? [] };
}

/** From here on the key is on the record, whatever becomes of its secret. */
function recordKey(
  held: Held<CreateWork>,
  accessKeyId: string,
  { at, holds }: { at: number; holds: readonly Hold[] },
): Step {
  const { attempt } = held;
  const delivering = { ...attempt, accessKeyId, work: { ...attempt.work, phase: "delivering" } as const };
  return step("bot", {
    attempt: { to: renewLease(delivering, at), event: "attempt.answered", outcome: "made" },
    newKey: keyOf(held, { accessKeyId, madeAt: at, holds, state: { kind: "off", shownAt: null } }),
  });
}

/** The record of the key that an attempt made: as it was asked for, or with the less that was approved, and held as the one before it was. */
export function keyOf(
  held: Held<CreateWork>,
  made: Pick<Key, "accessKeyId" | "madeAt" | "state"> & { holds: readonly Hold[] },
): Omit<Key, "version"> {
  const request = askedBy(held);
  const { id: requestId, reference, requesterId: ownerId, asked } = request;
  const { keyName, endpoint } = asked;
  const access = grantedAccess(request);
  const { id: deliveryId, work } = held.attempt;
  const { accessKeyId, madeAt, state, holds } = made;
  const asAsked = { requestId, reference, ownerId, keyName, tigrisName: work.tigrisName, access, endpoint };
  return {
    ...asAsked,
    accessKeyId,
    madeAt,
    deliveryId,
    pause: { ...NO_PAUSE, holds },
    end: null,
    age: newAge(madeAt),
    rotation: followsBy(asked),
    accessChange: null,
    state,
  };
}

/** The key whose place it takes learns of it once this one is on. */
function followsBy(asked: Asked): Rotation | null {
  return asked.kind === "key" && asked.rotates ? { kind: "follows", ...asked.rotates, isBegun: false } : null;
}

/** What its requester reads where Tigris made no key for certain. */
function said({ request }: Pick<Held, "request">, answer: Answer | Interrupted): Pick<Step, "say"> {
  const { asked, reference } = request ?? { asked: { keyName: "" }, reference: "" };
  const { keyName } = asked;
  if (answer.kind === "refused")
    return { say: refused("key_refused", { keyName, tigrisCode: answer.code, reference }) };
  return answer.kind === "lost" ? { say: refused("key_lost", { keyName }) } : {};
}

/** The request that an attempt carries out: there is none without it (a foreign key in the store). */
export function askedBy({ request }: Held): Request {
  if (request === null) throw new Error("an attempt without its request");
  return request;
}

/** An id that a record holds already, or the bot's own, is not that of a new key: nothing is posted or deleted for it. */
async function isTaken(ports: CallPorts, { attempt }: Held, accessKeyId: string): Promise<boolean> {
  if (accessKeyId === ports.settings.ownAccessKeyId) return true;
  return ports.store.read((record) => record.attempts.isRecorded(accessKeyId, attempt.id)).catch(() => false);
}
