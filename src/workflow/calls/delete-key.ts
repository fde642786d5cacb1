import { type DeleteWork, provesGone } from "../../domain/attempt";
import { finishDeletion } from "../../domain/key-steps";
import { refused } from "../../domain/refusal";
import { endForKey } from "../../domain/request-steps";
import { beginListMade } from "../begin-attempt";
import { done, type Outcome } from "../outcome";
import { type Recorded, type Step, step } from "../step";
import type { DeleteAnswer } from "../tigris-port";
import { type CallDefinition, type Held, type Interrupted, keyIdOf } from "./call";
import { putOff } from "./put-off";

/** `isGone`: Tigris no longer has it, and its list does not show it either. */
type Answer = { kind: DeleteAnswer["kind"]; isGone: boolean };

/**
 * `DeleteAccessKey`: may be repeated until Tigris has done it. A key that Tigris no longer has counts as deleted. One that goes by
 * itself is looked at before each try: somebody may have given it power meanwhile.
 */
export const deleteKey: CallDefinition<DeleteWork, Answer> = {
  power: "takes",
  make: async ({ tigris }, held, { isHeld, isRecovery }) => {
    const accessKeyId = keyIdOf(held);
    // Only whoever has just looked goes on at once.
    if (goesByItself(held.key) && (isRecovery || !isHeld())) return { answer: { kind: "lost", isGone: false } };
    const { kind } = await tigris.deleteKey(accessKeyId);
    const isGone = kind === "gone" && (await tigris.readKey(accessKeyId)).kind === "absent";
    return { answer: { kind, isGone } };
  },
  after: (held, answer, { at }) => {
    const isDeleted = isDone(held, answer, at);
    const say = said(held, isDeleted);
    return isDeleted ? { ...finish(held, answer, at), say } : { ...step("bot", putOff(lookFirst(held), at)), say };
  },
  // Whoever took it over may have finished it.
  late: (recorded, answer, { at }) => {
    const isDeleted = isDone(recorded, answer, at) || recorded.key?.state.kind === "deleted";
    return step("bot", { say: said(recorded, isDeleted) });
  },
};

function goesByItself(key: Recorded["key"]): boolean {
  return key?.state.kind === "deleting" && key.state.byId === null;
}

function lookFirst(held: Held<DeleteWork>): Held<DeleteWork> {
  const { attempt, key } = held;
  return goesByItself(key) ? { ...held, attempt: { ...attempt, work: { kind: "delete", phase: "looking" } } } : held;
}

function isDone({ attempt, key }: Recorded, answer: Answer | Interrupted, at: number): boolean {
  if (answer.kind === "interrupted") return false;
  if (answer.kind === "deleted") return true;
  return answer.isGone && (key === null || provesGone({ madeAt: key.madeAt, tries: attempt?.tries ?? 0 }, at));
}

function finish({ attempt, key, asking }: Held<DeleteWork>, answer: Answer | Interrupted, at: number): Step {
  const closed = { to: { ...attempt, work: { kind: "delete", phase: "deleted" } as const } };
  if (key?.state.kind !== "deleting") return step("bot", { attempt: closed });
  return step(key.state.byId ?? "bot", {
    attempt: closed,
    key: { ...finishDeletion(key.state, at), outcome: answer.kind },
    // What was never on has made none.
    begin: key.state.why === "never_on" ? null : beginListMade(key, attempt, at),
    asking: asking ? endForKey(asking, at) : null,
  });
}

function said({ key, attempt }: Recorded, isDeleted: boolean): Outcome {
  const accessKeyId = attempt?.accessKeyId ?? "";
  // A key that another key has made is on no record.
  if (key === null)
    return isDeleted
      ? done("made_deleted", { accessKeyId })
      : refused("deletion_unconfirmed", { keyName: accessKeyId });
  const { keyName } = key;
  if (!isDeleted) return refused("deletion_unconfirmed", { keyName });
  return done("deleted", { keyName, accessKeyId });
}
