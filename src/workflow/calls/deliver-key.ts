import type { CreateEnd, CreateWork } from "../../domain/attempt";
import { drop, noteShown } from "../../domain/key-steps";
import { type Refusal, refused } from "../../domain/refusal";
import { grantedAccess, type Request } from "../../domain/request";
import { deliver, endForKey } from "../../domain/request-steps";
import type { OutboxMessage } from "../outbox-message";
import { done } from "../outcome";
import { type Step, step } from "../step";
import type { CallDefinition, CallPorts, Held } from "./call";
import { askedBy } from "./create-key";
import { type Posting, postSecretOf } from "./post-secret";
import { giveRequestBack, giveUp, waitingRequest } from "./without-key";

/** `chat.postEphemeral`: shows the secret of a new key, which is off, to its requester. */
export const deliverKey: CallDefinition<CreateWork, Posting> = {
  power: "gives",
  make: async (ports, held, hand) => {
    const request = askedBy(held);
    const { requesterId, asked } = request;
    const { keyName, endpoint } = asked;
    const isWanted = () => isStillMaking(ports, held);
    const shown = { userId: requesterId, keyName, endpoint, access: grantedAccess(request), isOff: true };
    return { answer: await postSecretOf(ports, held, { ...shown, isWanted, ...hand }) };
  },
  after: (held, answer, { at }) => {
    const { keyName } = askedBy(held).asked;
    // An older version made keys with their power, and had none on record before its secret was shown.
    if (held.key === null) return giveUp(held, { why: "interrupted", detail: null, at });
    switch (answer.kind) {
      case "posted":
        return { ...recordDelivery(held, "posted", at), say: done("revealed", { keyName }) };
      case "unclear":
        return { ...recordDelivery(held, "unclear", at), say: refused("not_confirmed", { keyName }) };
      case "interrupted":
        return { ...recordDelivery(held, "unclear", at), tell: [notConfirmed(askedBy(held))] };
      case "not_posted":
        return recordFailure(held, answer.code, at);
    }
  },
  late: ({ request }, answer) =>
    step("bot", { say: whatNow(request?.asked.keyName ?? "", answer.kind === "not_posted") }),
};

/** Whoever took the attempt over goes by its record; what was shown can be used all the same. */
function whatNow(keyName: string, isNotShown: boolean): Refusal {
  return isNotShown ? refused("lease_lost", { keyName }) : refused("not_confirmed", { keyName });
}

async function isStillMaking({ store }: CallPorts, { attempt }: Held): Promise<boolean> {
  const { request, key } = await store.read(async (record) => ({
    request: await record.requests.find(attempt.requestId),
    key: attempt.accessKeyId === null ? null : await record.keys.find(attempt.accessKeyId),
  }));
  return request?.state.kind === "making" && key?.state.kind === "off";
}

/** In one change the attempt is closed, and the request owns the key that is off; where nobody deleted that one meanwhile. */
function recordDelivery(held: Held<CreateWork>, phase: "posted" | "unclear", at: number): Step {
  const { attempt, key } = held;
  const request = waitingRequest(held);
  const closed = { to: closedAs(held, phase), event: "attempt.closed" as const, outcome: phase };
  if (key?.state.kind !== "off" || request === null)
    return step(attempt.actorId, { attempt: closed, ...endWithKey(held, at) });
  return step(attempt.actorId, {
    attempt: closed,
    request: { ...deliver(request, { accessKeyId: key.accessKeyId, at }), outcome: phase },
    ...(phase === "posted" ? { key: noteShown(at) } : {}),
  });
}

function notConfirmed({ id, asked: { keyName } }: Request): OutboxMessage {
  return { kind: "requester_card", requestId: id, ring: { code: "not_confirmed", about: { keyName } } };
}

/** Nobody has seen the secret: its key goes, and the request can be used again. */
function recordFailure(held: Held<CreateWork>, code: string, at: number): Step {
  const { key } = held;
  const { keyName } = askedBy(held).asked;
  const closed = { to: closedAs(held, "undelivered"), event: "attempt.closed" as const, outcome: code };
  const say = refused("not_delivered", { keyName });
  const dropped = key && drop(key, at);
  if (!dropped) return step("bot", { attempt: closed, ...endWithKey(held, at), say });
  const failure = { why: "not_delivered", detail: code, at } as const;
  return step("bot", { attempt: closed, key: dropped, ...giveRequestBack(held, failure), say });
}

/** Somebody deleted the key while its secret was on its way: the request goes with it. */
function endWithKey(held: Held<CreateWork>, at: number): Pick<Step, "request"> {
  const request = waitingRequest(held);
  const ended = request && endForKey(request, at);
  return ended ? { request: ended } : {};
}

function closedAs({ attempt }: Held<CreateWork>, phase: CreateEnd) {
  return { ...attempt, work: { ...attempt.work, phase } };
}
