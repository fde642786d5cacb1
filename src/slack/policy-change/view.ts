import { changesBetween } from "../../domain/policy/changes";
import type { Policy } from "../../domain/policy/rule";
import type { LoadedPolicy } from "../../workflow/policies-port";
import { type Message, message } from "../blocks/message";
import { changeWords } from "../words/policy";
import { bold, code, plainText, type Sentence, time } from "../words/sentence";

/** How many changes are told: whoever wants to read all of them has the file. */
const TOLD_AT_MOST = 15;

/** The same in characters: Slack refuses blocks that are too long (`msg_blocks_too_long`), and says nowhere how long that is. */
const CHARACTERS_AT_MOST = 3_000;

/** So much of a digest tells one policy from another. */
const DIGEST_SHOWN = 12;

/** The two policies; null where this version can't read the one, or there was none before. */
type Changed = { before: Policy | null; after: Policy | null; isFirst: boolean };

/** What the approvals channel reads when another policy is in force: what it changes, and where it came from. */
export function policyChangedMessage(loaded: LoadedPolicy, changed: Changed): Message {
  const { loader, loadedBy, loadedAt, digest } = loaded;
  const how = loadedBy === "start" ? "when it started" : "as it was asked to (SIGHUP)";
  const small: Sentence = [`loaded by ${loader} ${how} `, time(loadedAt), " · ", code(digest.slice(0, DIGEST_SHOWN))];
  return message({ lines: [firstLine(changed), ...changeLines(changed)], small: [small], buttons: [] });
}

function firstLine({ isFirst }: Changed): Sentence {
  return isFirst
    ? [bold("A policy is in force"), ": who may ask for what, and who decides, is what its file says from now on."]
    : [bold("The policy has changed"), ". What it says now holds for open requests, too."];
}

function changeLines({ before, after, isFirst }: Changed): Sentence[] {
  if (after === null || (before === null && !isFirst))
    return [["This version of the bot can't read both files, so it can't say what has changed."]];
  const changes = changesBetween(before, after).map((change): Sentence => ["• ", ...changeWords(change)]);
  if (changes.length === 0) return [["Its file differs in nothing that counts."]];
  const told = whatFits(changes);
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [[`And ${more} more: its file has them all.`]] : [])];
}

function whatFits(lines: readonly Sentence[]): Sentence[] {
  let left = CHARACTERS_AT_MOST;
  return lines.slice(0, TOLD_AT_MOST).filter((line) => {
    left -= plainText(line).length;
    return left >= 0;
  });
}
