import type { RotateWork } from "../../domain/attempt";
import { HOUR_MS, MAX_NOTES_PER_HOUR } from "../../domain/limits";
import { refused } from "../../domain/refusal";
import type { OutboxMessage } from "../outbox-message";
import { done } from "../outcome";
import { step } from "../step";
import type { CallDefinition, CallPorts, Held } from "./call";
import { type Posting, postSecretOf } from "./post-secret";
import { canRevealAgain, closeInterrupted, closeRotation, ifOvertaken, rotatingKey, rotationLost } from "./rotate-key";

/** `notes`: how often approvers could have read of a new secret of this key within the hour. */
type Facts = { notes: number };

/** `chat.postEphemeral`: shows a new secret to the key's owner. Where that is not certain, nobody holds it. */
export const deliverNewSecret: CallDefinition<RotateWork, Posting, Facts> = {
  power: "gives",
  make: async (ports, held, hand) => {
    const { ownerId, keyName, endpoint, access } = rotatingKey(held);
    // Slack may have the post wait: whoever deletes the key meanwhile stops it.
    const isWanted = () => isStillRotating(ports, held);
    const shown = { userId: ownerId, keyName, endpoint, access, isOff: false };
    return { answer: await postSecretOf(ports, held, { ...shown, isWanted, ...hand }) };
  },
  facts: async (record, { attempt }) => ({
    notes: attempt ? await record.events.count(attempt.requestId, "key.rotated", record.at - HOUR_MS) : 0,
  }),
  after: (held, answer, { at, facts }) => {
    const overtaken = ifOvertaken(held, at);
    if (overtaken) return overtaken;
    const key = rotatingKey(held);
    switch (answer.kind) {
      case "posted":
        return {
          ...closeRotation(held, "posted", "posted", at),
          tell: notesOf(held, facts),
          say: done("secret_replaced", { keyName: key.keyName }),
        };
      case "not_posted":
      case "unclear":
        return {
          ...closeRotation(held, "secret_unknown", answer.code, at),
          say: rotationLost(key, canRevealAgain(held, at)),
        };
      case "interrupted":
        return closeInterrupted(held, at);
    }
  },
  late: ({ key }) => step("bot", { say: key ? rotationLost(key, false) : refused("unknown_key") }),
};

async function isStillRotating({ store }: CallPorts, { attempt }: Held): Promise<boolean> {
  const key = await store.read((record) => record.keys.find(attempt.accessKeyId ?? ""));
  return key?.state.kind === "rotating";
}

/** Approvers read under their card that a key which they approved has a new secret. */
function notesOf({ request, key }: Held, { notes }: Facts): OutboxMessage[] {
  // This one is not counted yet.
  // A secret that was asked for stands on a card of its own.
  if (!request?.needsApproval || request.asked.kind !== "key") return [];
  if (key === null || notes >= MAX_NOTES_PER_HOUR) return [];
  const { keyName, ownerId } = key;
  const isLast = notes + 1 === MAX_NOTES_PER_HOUR;
  const note = { code: "new_secret", about: { keyName, ownerId, isLast } } as const;
  return [{ kind: "approvals_note", requestId: request.id, note }];
}
