import type { Notice } from "../../workflow/outbox-message";
import { pauseButton } from "../blocks/key-buttons";
import { type Message, message, sentenceMessage } from "../blocks/message";
import { ACTIONS } from "../ids";
import { noticeWords } from "../words/notices";

/** What one person is told in their DM with the bot; a key that was found somewhere can be paused there and then. */
export function noticeMessage(notice: Notice): Message {
  const sentence = noticeWords(notice);
  return notice.code === "leak_reported"
    ? message({ lines: [sentence], buttons: [pauseButton(notice.about, ACTIONS.pauseReported)] })
    : sentenceMessage(sentence);
}
