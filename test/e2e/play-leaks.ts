import type { Person, ShownMessage } from "../../sandbox/slack";
import { APPROVALS, GENERAL } from "../kit/people";
import type { World } from "../kit/world";

const REPORT = "This message leaks a key";

/** Somebody finds a text in a channel and reports it. @returns what they read */
export async function reportLeak(
  world: World,
  person: Person,
  text: string,
  more: Parameters<Person["say"]>[1] = {},
): Promise<string> {
  const message = await world.eve.say(text, { in: GENERAL, ...more });
  if (person.modal()) await person.close();
  await person.until("the message", () => person.screen(GENERAL).some(({ ts }) => ts === message));
  await person.shortcutOn(REPORT, { in: GENERAL, message });
  return person.until("what came of it", () => {
    const shown = person.modal()?.text ?? "";
    return !shown.includes("Loading…") && shown;
  });
}

/** What the approvals channel was told of reports. */
export const leakAlerts = (world: World): ShownMessage[] =>
  world.ann.screen(APPROVALS).filter(({ text }) => text.includes(" says that "));

/** What Dana was told of reports of her keys. */
export const leakNotices = (world: World): ShownMessage[] =>
  world.dana.screen().filter(({ text }) => text.includes("leaks your key"));
