import type { Examining } from "./examine";
import { asExpected, differs, type Finding, notSettled, whyNot } from "./finding";
import { codeOf } from "./role-changes";

/** Where the key is tried: a bucket, or the list of buckets; nowhere where it opens nothing. */
type Place = { bucket: string | null } | null;

/**
 * Whether a key can be switched off and on again.
 * @returns whether it may be on by now
 */
export async function* statusChanges(at: Examining): AsyncGenerator<Finding, boolean> {
  const place = await placeThatOpens(at);
  yield await switchedOff(at, place);
  const on = await switchedOn(at, place);
  yield on;
  return on.verdict !== "differs";
}

async function switchedOff(at: Examining, place: Place): Promise<Finding> {
  const about = "Inactive";
  const answer = await at.tigris.setStatus(at.accessKeyId, "Inactive");
  if (answer.kind === "lost") return notSettled(about, `Setting it got ${whyNot(answer)}.`);
  if (answer.kind !== "changed") return differs(about, `Tigris does not take it (${whyNot(answer)}): ${INSTEAD}`);
  const { isShown } = await at.listed((looked) => looked.kind === "there" && looked.key.status === "inactive");
  const list = `Taken, and the list ${isShown ? "shows" : "does not show"} it`;
  if (place === null)
    return notSettled(about, `${list}. The key opened nothing before, so what it does can't be told.`);
  const { last } = await at.watch(
    () => at.trial.opens(place.bucket),
    ({ kind }) => kind === "denied",
  );
  if (last.kind === "opened") return differs(about, `${list}, but the key still works: ${INSTEAD}`);
  if (last.kind === "unavailable") return notSettled(about, `${list}. Trying the key brought nothing: ${last.reason}.`);
  return isShown
    ? asExpected(about, `${list}, and the key no longer works (${last.code}).`)
    : differs(about, `${list}, but the key no longer works (${last.code}): the bot would take the roles away too.`);
}

const INSTEAD = "the bot pauses keys by taking their roles away.";

async function switchedOn(at: Examining, place: Place): Promise<Finding> {
  const about = "Active again";
  const answer = await at.tigris.setStatus(at.accessKeyId, "Active");
  if (answer.kind === "lost") return notSettled(about, `Setting it got ${whyNot(answer)}.`);
  if (answer.kind !== "changed")
    return differs(about, `Tigris does not take it (${whyNot(answer)}): a paused key would stay so.`);
  const { isShown } = await at.listed((looked) => looked.kind === "there" && looked.key.status === "active");
  if (!isShown) return differs(about, "Taken, but the list does not show it.");
  if (place === null) return notSettled(about, "Taken, and the list shows it. The key opened nothing before.");
  const { last } = await at.watch(
    () => at.trial.opens(place.bucket),
    ({ kind }) => kind === "opened",
  );
  return last.kind === "opened"
    ? asExpected(about, "Taken, the list shows it, and the key works again.")
    : differs(about, `Taken, and the list shows it, but the key does not work (${codeOf(last)}).`);
}

async function placeThatOpens({ trial, buckets }: Examining): Promise<Place> {
  for (const bucket of [...buckets.slice(0, 1), null])
    if ((await trial.opens(bucket)).kind === "opened") return { bucket };
  return null;
}
