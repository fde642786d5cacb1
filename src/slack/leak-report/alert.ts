import { canBeDeleted, type Key } from "../../domain/key";
import type { OutboxMessage } from "../../workflow/outbox-message";
import { deleteButton } from "../blocks/delete-button";
import { pauseButton } from "../blocks/key-buttons";
import { type Message, message } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { leakedKey, SECRET_THERE, saysThatLeaks, unknownId } from "../words/leaks";
import type { Sentence } from "../words/sentence";

type LeakReport = Extract<OutboxMessage, { kind: "leak_report" }>;

/** What approvers read of a report: every id in the message, and what they can do about it. */
export function leakAlert(
  leak: LeakReport,
  { keys, ownAccessKeyId }: { keys: readonly Key[]; ownAccessKeyId: string },
): Message {
  const known = new Set(keys.map(({ accessKeyId }) => accessKeyId));
  const unknown = leak.accessKeyIds.filter((id) => !known.has(id));
  const count = leak.accessKeyIds.length === 1 ? " an access key." : ` ${leak.accessKeyIds.length} access keys.`;
  const first: Sentence = [...saysThatLeaks(leak), count, ...(leak.holdsSecret ? [SECRET_THERE] : [])];
  return message(
    { lines: [first, ...unknown.map((id) => unknownId(id, ownAccessKeyId))], buttons: [] },
    ...keys.map((key) => ({
      lines: [leakedKey(key, false)],
      buttons: canBeDeleted(key.state)
        ? [
            ...(key.pause.holds.length > 0 ? [] : [pauseButton(key, ACTIONS.pauseReported, BUTTONS.pauseKey)]),
            deleteButton(
              { keyName: key.keyName, isOff: key.state.kind === "off" },
              ACTIONS.deleteReported,
              key.accessKeyId,
            ),
          ]
        : [],
    })),
  );
}
