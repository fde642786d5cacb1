import { canBeDeleted, type Key } from "../domain/key";
import { isQuestion, lookAtAge, noteAsked, secretSince } from "../domain/key-age";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import type { CardPlace } from "./outbox-message";
import { LOOKED, NO_CHANGE, type Recorded, type Step, step } from "./step";
import type { Reads } from "./store-port";

type AgePorts = ChangePorts & Pick<CheckPorts, "settings">;

/** From which age on owners are asked, and at which moment. */
type Asking = { rotateAfterMs: number | null; at: number };

/** What is due about the age of a key: its owner is asked, or the approvers read that nobody answered. */
export async function askAboutAge(ports: AgePorts, accessKeyId: string): Promise<void> {
  const { rotateAfterMs } = ports.settings.limits;
  await change(ports, {
    about: { accessKeyId },
    decide: (recorded, at) => decideAge(recorded, { rotateAfterMs, at }),
  });
}

/** The question is written down with the message that is owed: the message itself is drawn from the record, when it is sent. */
export function decideAge({ key }: Recorded, { rotateAfterMs, at }: Asking): Step {
  if (key === null) return NO_CHANGE;
  const due = lookAtAge(key, at, rotateAfterMs);
  if (due === null) return LOOKED;
  const { state: to, ownerId } = key;
  const { kind, age } = due;
  switch (kind) {
    case "ask":
      return step("bot", {
        key: { to, age, event: "key.question_due", outcome: String(key.age.asked + 1) },
        tell: [{ kind: "old_keys", userId: ownerId, owedAt: at }],
      });
    case "raise":
      return step("bot", {
        key: { to, age, event: "key.unanswered", outcome: String(key.age.asked) },
        tell: [{ kind: "unanswered", since: at }],
      });
    case "put_off":
    case "dropped":
      return step("bot", { key: { to, age, event: "key.question_due", outcome: kind } });
  }
}

/** The most keys of one person that are looked through: no policy allows more. */
const MAX_KEYS = 1_000;

/** What somebody is to be asked about now, oldest first; `isOwed`: something of it, or of what is asked no more, was not sent yet. */
export async function questionsTo(
  record: Reads,
  userId: string,
  rotateAfterMs: number | null,
): Promise<{ keys: Key[]; owedIds: string[]; isOwed: boolean }> {
  const { keys: all } = await record.keys.page({ ownerId: userId, from: null, search: null, limit: MAX_KEYS });
  const keys = all
    .filter((key) => isQuestion(key, record.at, rotateAfterMs))
    .sort((one, other) => secretSince(one.age) - secretSince(other.age));
  const owed = all.filter(({ age, state }) => age.isOwed && canBeDeleted(state));
  return { keys, owedIds: owed.map(({ accessKeyId }) => accessKeyId), isOwed: owed.length > 0 };
}

/**
 * Somebody was asked about some keys, or can't be. Each is written down for itself: what was changed meanwhile is what it is by now.
 * @param message where it stands; null where it reaches nobody
 */
export async function noteQuestions(
  ports: AgePorts,
  accessKeyIds: Iterable<string>,
  message: CardPlace | null,
): Promise<void> {
  const { rotateAfterMs } = ports.settings.limits;
  for (const accessKeyId of new Set(accessKeyIds))
    await change(ports, {
      about: { accessKeyId },
      decide: (recorded, at) => decideNoted(recorded, { rotateAfterMs, at, message }),
    });
}

/** What is asked no more by now has nothing owed either: it is asked anew once it is as it was. */
export function decideNoted(
  { key }: Recorded,
  { rotateAfterMs, at, message }: Asking & { message: CardPlace | null },
): Step {
  if (key === null || !canBeDeleted(key.state)) return NO_CHANGE;
  const isAsked = isQuestion(key, at, rotateAfterMs);
  if (!isAsked && !key.age.isOwed) return NO_CHANGE;
  const age = noteAsked(key.age, { message, isAsked, at });
  const outcome = isAsked ? `${age.asked}${message === null ? " not_posted" : ""}` : "not_asked";
  return step("bot", { key: { to: key.state, age, event: "key.asked_about", outcome } });
}
