import { canBeDeleted, type Key } from "../../domain/key";
import type { LeakNotice } from "../../workflow/outbox-message";
import { pauseButton } from "../blocks/key-buttons";
import { type Message, message } from "../blocks/message";
import { ACTIONS } from "../ids";
import { keyNow, whatHelpsOnCard } from "../words/leaks";
import { noticeWords } from "../words/notices";

/** What the owner of a leaked key reads in their DM, and can do there and then. @param key null where it is on no record */
export function leakNotice(about: LeakNotice["about"], key: Key | null): Message {
  const said = noticeWords({ code: "leak_reported", about });
  if (key === null) return message({ lines: [said], buttons: [] });
  const help = whatHelpsOnCard(key);
  const isHeld = key.pause.holds.some(({ kind }) => kind === "owner");
  return message({
    lines: [said, [...keyNow(key), ...(help ? [" ", ...help] : [])]],
    buttons: canBeDeleted(key.state) && !isHeld ? [pauseButton(key, ACTIONS.pauseReported)] : [],
  });
}
