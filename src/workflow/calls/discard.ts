import { type CreateWork, provesGone } from "../../domain/attempt";
import { refused } from "../../domain/refusal";
import { type Recorded, step } from "../step";
import type { DeleteAnswer } from "../tigris-port";
import type { CallDefinition, Interrupted } from "./call";
import { putOff } from "./put-off";
import { closeWithoutKey } from "./without-key";

/** `DeleteAccessKey`: deletes a key that was not delivered for certain, and closes its attempt once Tigris has done it. */
export const discard: CallDefinition<CreateWork, DeleteAnswer> = {
  power: "takes",
  make: async ({ tigris }, { attempt }) => {
    if (attempt.accessKeyId === null) throw new Error("nothing to discard");
    return { answer: await tigris.deleteKey(attempt.accessKeyId) };
  },
  after: (held, answer, { at }) => {
    const isDeleted = isDone(held, answer, at);
    const say = refused("not_delivered", { isDeleted });
    return isDeleted
      ? { ...closeWithoutKey(held, "discarded", { at }), say }
      : { ...step("bot", putOff(held, at)), say };
  },
  late: (recorded, answer, at) =>
    step("bot", { say: refused("not_delivered", { isDeleted: isDone(recorded, answer, at) }) }),
};

function isDone({ attempt }: Recorded, answer: DeleteAnswer | Interrupted, at: number): boolean {
  if (answer.kind === "deleted") return true;
  if (answer.kind !== "gone" || attempt === null) return false;
  return provesGone({ madeAt: attempt.startedAt, tries: attempt.tries }, at);
}
