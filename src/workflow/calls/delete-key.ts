import { type DeleteWork, provesGone } from "../../domain/attempt";
import { finishDeletion } from "../../domain/key-steps";
import { refused } from "../../domain/refusal";
import { endForKey } from "../../domain/request-steps";
import { done, type Outcome } from "../outcome";
import { type Recorded, type Step, step } from "../step";
import type { DeleteAnswer } from "../tigris-port";
import type { CallDefinition, Held, Interrupted } from "./call";
import { putOff } from "./put-off";

/** `DeleteAccessKey`: may be repeated until Tigris has done it. A key that Tigris no longer has counts as deleted. */
export const deleteKey: CallDefinition<DeleteWork, DeleteAnswer> = {
  power: "takes",
  make: async ({ tigris }, { attempt }) => {
    if (attempt.accessKeyId === null) throw new Error("nothing to delete");
    return { answer: await tigris.deleteKey(attempt.accessKeyId) };
  },
  after: (held, answer, { at }) => {
    const isDeleted = isDone(held, answer, at);
    const say = said(held, isDeleted);
    return isDeleted ? { ...finish(held, answer, at), say } : { ...step("bot", putOff(held, at)), say };
  },
  // Whoever took it over may have finished it.
  late: (recorded, answer, at) => {
    const isDeleted = isDone(recorded, answer, at) || recorded.key?.state.kind === "deleted";
    return step("bot", { say: said(recorded, isDeleted) });
  },
};

function isDone({ attempt, key }: Recorded, answer: DeleteAnswer | Interrupted, at: number): boolean {
  if (answer.kind === "deleted") return true;
  return answer.kind === "gone" && (key === null || provesGone({ madeAt: key.madeAt, tries: attempt?.tries ?? 0 }, at));
}

function finish({ attempt, key, asking }: Held<DeleteWork>, answer: DeleteAnswer | Interrupted, at: number): Step {
  const closed = { to: { ...attempt, work: { kind: "delete", phase: "deleted" } as const } };
  if (key?.state.kind !== "deleting") return step("bot", { attempt: closed });
  const { byId } = key.state;
  return step(byId, {
    attempt: closed,
    key: { ...finishDeletion({ byId, at }), outcome: answer.kind },
    asking: asking ? endForKey(asking, at) : null,
  });
}

function said({ key, attempt }: Recorded, isDeleted: boolean): Outcome {
  const keyName = key?.keyName ?? "";
  if (!isDeleted) return refused("deletion_unconfirmed", { keyName });
  return done("deleted", { keyName, accessKeyId: attempt?.accessKeyId ?? "" });
}
