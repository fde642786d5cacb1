import { type CreateWork, renewLease } from "../../domain/attempt";
import { refused } from "../../domain/refusal";
import type { Request } from "../../domain/request";
import { type Step, step } from "../step";
import type { LostCause } from "../tigris-port";
import type { CallDefinition, CallPorts, Held, Interrupted } from "./call";
import { afterInterruption, closeWithoutKey, failAttempt } from "./without-key";

type Answer =
  | { kind: "made"; accessKeyId: string }
  | { kind: "refused"; code: string }
  | { kind: "lost"; cause: LostCause };

/** `CreateAccessKeyWithBucketsRole`: makes the key of a request, with its power. Its intent is written. */
export const createKey: CallDefinition<CreateWork, Answer> = {
  power: "gives",
  make: async (ports, held) => {
    const { permission, buckets } = askedBy(held).asked.access;
    const answer = await ports.tigris.createKey({ name: held.attempt.work.tigrisName, permission, buckets });
    if (answer.kind !== "made") return { answer };
    const { accessKeyId, secret } = answer;
    if (await isTaken(ports, held, accessKeyId)) return { answer: { kind: "lost", cause: "malformed" } };
    return { answer: { kind: "made", accessKeyId }, secret };
  },
  after: (held, answer, { at }) => {
    const { attempt } = held;
    switch (answer.kind) {
      case "made": {
        const next = {
          ...attempt,
          accessKeyId: answer.accessKeyId,
          work: { ...attempt.work, phase: "delivering" } as const,
        };
        return step("bot", { attempt: { to: renewLease(next, at), event: "attempt.answered", outcome: "made" } });
      }
      case "refused": {
        const failure = { why: "refused", detail: answer.code } as const;
        return { ...closeWithoutKey(held, "refused", { at, failure }), ...said(held, answer) };
      }
      case "lost":
        return {
          ...failAttempt(held, "searching", { why: "lost", detail: answer.cause, at }),
          ...said(held, answer),
        };
      case "interrupted":
        return afterInterruption(held, "searching", at);
    }
  },
  late: (held, answer) => step("bot", said(held, answer)),
  orphan: (answer) => (answer.kind === "made" ? { accessKeyId: answer.accessKeyId, ifUnknown: "delete" } : null),
};

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
