import type { CreateWork } from "../../domain/attempt";
import { refused } from "../../domain/refusal";
import { coverFrom, isIn } from "../../domain/request";
import { finishMaking } from "../../domain/request-steps";
import { done } from "../outcome";
import { type Step, step } from "../step";
import type { CallDefinition, CallPorts, Held } from "./call";
import { askedBy } from "./create-key";
import { type Posting, postSecretOf } from "./post-secret";
import { afterInterruption, failAttempt } from "./without-key";

/** `chat.postEphemeral`: shows the secret of a new key to its requester. What is not shown for certain is deleted. */
export const deliverKey: CallDefinition<CreateWork, Posting> = {
  power: "gives",
  make: async (ports, held, secret) => {
    const { requesterId, asked } = askedBy(held);
    const { keyName, endpoint } = asked;
    const isWanted = () => isStillMaking(ports, held);
    return { answer: await postSecretOf(ports, held, { userId: requesterId, keyName, endpoint, secret, isWanted }) };
  },
  after: (held, answer, { at }) => {
    switch (answer.kind) {
      case "posted":
        return recordDelivery(held, answer.accessKeyId, at);
      case "not_posted":
        return failAttempt(held, "discarding", { why: "not_delivered", detail: answer.code, at });
      case "interrupted":
        return afterInterruption(held, "discarding", at);
    }
  },
  late: () => step("bot", { say: refused("not_delivered", { isDeleted: false }) }),
  orphan: (answer) => (answer.kind === "posted" ? { accessKeyId: answer.accessKeyId, ifUnknown: "leave" } : null),
};

async function isStillMaking({ store }: CallPorts, { attempt }: Held): Promise<boolean> {
  const request = await store.read((record) => record.requests.find(attempt.requestId));
  return request?.state.kind === "making";
}

/** Slack took the secret: in one change the attempt is closed, the key is live, the request has it. */
function recordDelivery(held: Held<CreateWork>, accessKeyId: string, at: number): Step {
  const { attempt } = held;
  const request = askedBy(held);
  if (!isIn(request, "making")) throw new Error("an attempt without its request");
  const { reference, requesterId, asked } = request;
  const { keyName, access, endpoint } = asked;
  return step(attempt.actorId, {
    attempt: { to: { ...attempt, work: { ...attempt.work, phase: "posted" as const } } },
    newKey: {
      accessKeyId,
      requestId: request.id,
      reference,
      ownerId: requesterId,
      keyName,
      tigrisName: attempt.work.tigrisName,
      access,
      endpoint,
      madeAt: at,
      deliveryId: attempt.id,
      state: { kind: "live", secret: { kind: "unconfirmed", cover: coverFrom(request) } } as const,
    },
    request: { ...finishMaking(request, { accessKeyId, at }), outcome: "posted" },
    say: done("revealed", { keyName }),
  });
}
