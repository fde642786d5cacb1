import type { WebClient } from "@slack/web-api";
import { isAskedAbout } from "../../domain/key-age";
import { MAX_TOLD_AT_ONCE, MORNING_LOOK_PAUSE_MS } from "../../domain/limits";
import { spreadOf, untilMorning } from "../../domain/morning";
import { noteQuestions, questionsTo } from "../../workflow/ask-about-age";
import type { ChangePorts } from "../../workflow/change";
import { type CheckPorts, checkPerson, lookingFor } from "../../workflow/check-person";
import type { OutboxMessage, Sent } from "../../workflow/outbox-message";
import type { Message } from "../blocks/message";
import { answeredMessage, oldKeysMessage, unansweredMessage } from "../old-keys/view";
import { NOT_EDITABLE, openDm, post, update } from "./post";
import { ended, NOTHING_TO_SAY } from "./sent";

type AskPorts = ChangePorts & CheckPorts & { client: WebClient };

/**
 * Asks somebody about their old keys, in their morning by what Slack says of their time zone now. Who is no full member any more reads
 * nothing of it; their keys count as asked about, so that others get to know of them.
 */
export async function askOwner(
  ports: AskPorts,
  { userId, owedAt }: Extract<OutboxMessage, { kind: "old_keys" }>,
): Promise<Sent> {
  const { store, client } = ports;
  const { rotateAfterMs } = ports.settings.limits;
  const read = () => store.read((record) => questionsTo(record, userId, rotateAfterMs));
  if (rotateAfterMs === null || !(await read()).isOwed) return NOTHING_TO_SAY;
  const checked = await checkPerson(lookingFor("question", ports), userId, null);
  if (checked.kind === "refused" && checked.code === "not_checked")
    return { kind: "not_yet", afterMs: MORNING_LOOK_PAUSE_MS };
  const isReached = checked.kind === "checked" && checked.standing === "member";
  const timeZone = checked.kind === "checked" ? checked.timeZone : null;
  const waitMs = untilMorning({ owedAt, at: store.now(), timeZone, spreadMs: spreadOf(userId) });
  if (waitMs > 0) return { kind: "not_yet", afterMs: waitMs };
  const { keys, owedIds } = await read();
  const ids = [...keys.map(({ accessKeyId }) => accessKeyId), ...owedIds];
  if (!isReached || keys.length === 0) {
    await noteQuestions(ports, ids, null);
    return NOTHING_TO_SAY;
  }
  const dm = await openDm(client, userId);
  const posted =
    dm.kind === "failed" ? dm : await post(client, { channelId: dm.result }, oldKeysMessage(keys, rotateAfterMs));
  const sent = ended(posted);
  if (posted.kind === "ok") await noteQuestions(ports, ids, posted.result);
  if (sent.kind === "never") await noteQuestions(ports, ids, null);
  return sent;
}

/** Draws such a message again: what it asked and nobody answered, where no newer one asks it. */
export async function redrawQuestions(
  ports: AskPorts,
  { userId, place }: Extract<OutboxMessage, { kind: "old_keys_redraw" }>,
): Promise<Sent> {
  const { rotateAfterMs } = ports.settings.limits;
  const { keys } = await ports.store.read((record) => questionsTo(record, userId, rotateAfterMs));
  const here = keys.filter(({ age: { message } }) => message?.ts === place.ts && message.channelId === place.channelId);
  const drawn = rotateAfterMs === null || here.length === 0 ? answeredMessage() : oldKeysMessage(here, rotateAfterMs);
  const updated = await update(ports.client, place, drawn);
  if (updated.kind === "failed" && NOT_EDITABLE.has(updated.code)) return { kind: "never", code: updated.code };
  return updated.kind === "ok" ? NOTHING_TO_SAY : ended(updated);
}

/** What approvers read of keys about which nobody answered; null where somebody did since. */
export async function unansweredDigest(
  { store }: Pick<AskPorts, "store">,
  { since }: Extract<OutboxMessage, { kind: "unanswered" }>,
): Promise<Message | null> {
  const told = await store.read(({ events }) => events.unanswered(since, MAX_TOLD_AT_ONCE));
  const open = told.filter(({ key }) => isAskedAbout(key) && key.age.isRaised);
  return open.length === 0 ? null : unansweredMessage(open);
}
