import { DOCTOR_WATCH } from "../domain/service-limits";
import type { KeyAtTigris, ReadFailure } from "../workflow/tigris-port";
import type { Examining, Looked } from "./examine";
import { asExpected, differs, type Finding, notSettled, seconds, whyNot } from "./finding";
import { isNamed } from "./probe-key";
import type { Watched } from "./watch";

const WITHOUT_ROLES = "Keys without roles";

/** Whether a key that was made without roles has no power. @param looked what the list shows of it */
export async function withoutRoles({ trial, buckets, watch, name }: Examining, looked: Looked): Promise<Finding> {
  const say = (finding: typeof differs, seen: string) => finding(WITHOUT_ROLES, seen);
  if (looked.kind === "unavailable")
    return say(notSettled, `One was made, but the list of this one key ${whyNot(looked)}. Nothing more was tried.`);
  if (looked.kind === "absent")
    return say(
      differs,
      `One was made, but the list of this one key did not show it within ${seconds(DOCTOR_WATCH.forMs)}: the bot would take it for gone. Nothing more was tried.`,
    );
  if (!isNamed(looked.key, name))
    return say(notSettled, "One was made, but the list shows its id under another name. Nothing more was tried.");
  if (looked.key.roles.length > 0)
    return say(differs, "One was made, but the list shows roles on it: keys would have power before anybody wants it.");
  const [bucket] = buckets;
  if (bucket === undefined)
    return say(notSettled, "One was made, and the list shows no role. There is no bucket to try it on.");
  // A key that S3 does not know yet says nothing about what it opens.
  const { last } = await watch(
    () => trial.opens(bucket),
    (opened) => opened.kind === "opened" || (opened.kind === "denied" && opened.code !== "InvalidAccessKeyId"),
  );
  if (last.kind === "opened")
    return say(differs, "One was made without a role, and it opens a bucket all the same: the bot can't rely on them.");
  if (last.kind === "unavailable" || last.code === "InvalidAccessKeyId")
    return say(
      notSettled,
      `One was made, and the list shows no role. Trying it on a bucket brought nothing: ${last.kind === "denied" ? last.code : last.reason}.`,
    );
  return say(asExpected, `One was made, the list shows no role, and it opens no bucket (${last.code}).`);
}

/** Whom Tigris names as the creator of a key that the bot's own key made. */
export function creatorOf({ creator }: KeyAtTigris, ownAccessKeyId: string): Finding {
  const about = "creator";
  if (creator === ownAccessKeyId)
    return asExpected(about, "It names the bot's own key: the bot sees which keys a key has made.");
  if (creator === null) return differs(about, "Tigris names none: the bot can't see which keys a key has made.");
  if (creator.startsWith("tid_"))
    return differs(about, "It names another key than the one that made it: the bot would delete no key unasked.");
  return differs(
    about,
    "It names no key, but somebody or something else: the bot can't see which keys a key has made.",
  );
}

/** Whether the policies of a key can be read. */
export function policies(listed: { kind: "listed"; names: string[] } | ReadFailure): Finding {
  const about = "Policies";
  if (listed.kind === "unavailable")
    return differs(
      about,
      `Those of a key ${whyNot(listed)}. The bot deletes no key unasked whose policies it can't read.`,
    );
  if (listed.names.length > 0)
    return differs(about, "A key that was just made has one: nothing of the bot's put it there.");
  return asExpected(about, "Those of a key can be read, and a new key has none.");
}

/** How long changes took to show in the list of the one key. */
export function delays(changes: readonly Watched<unknown>[]): Finding {
  const about = "How long a change takes to show";
  const shown = changes.filter(({ isShown }) => isShown).map(({ tookMs }) => tookMs);
  const inVain = changes.length - shown.length;
  if (inVain > 0)
    return differs(
      about,
      `${inVain} of ${changes.length} did not show within ${seconds(DOCTOR_WATCH.forMs)}: the bot would believe what was before.`,
    );
  return asExpected(
    about,
    `${shown.length} changes showed in the list of the one key, the slowest after ${seconds(Math.max(...shown))}.`,
  );
}
