import type { Person } from "../../../sandbox/slack";
import { ADMIN_REASON, answers, ask, card, SWITCH_ON, secretMessages } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { until } from "../../kit/until";
import type { Random } from "./random";

/** What one person waits for one thing at the most: a lease that nobody holds any more runs out in a minute. */
const WAIT_MS = 100_000;
/** An answer that has not come by then does not come: its click is made again. */
const ANSWER_MS = 8_000;
const LOOK_EVERY_MS = 25;
const MOST_TRIES = 25;

/** One wish for a key, by its name. */
export type Wish = { keyName: string; needsApproval: boolean };

const waiting = { limitMs: WAIT_MS, pauseMs: LOOK_EVERY_MS };
const briefly = { limitMs: ANSWER_MS, pauseMs: LOOK_EVERY_MS };

/**
 * Lives a wish from the form to a key that is on: whatever fails on the way is done again, as a person does who reads what the
 * card says. Some pause their key then, and some of those resume it.
 * @returns the name under which it came true
 */
export async function live(person: Person, { keyName, needsApproval }: Wish, random: Random): Promise<string> {
  const asked = await askUntilThere(person, keyName, needsApproval);
  const isOnCard = random.oneIn(2);
  const isTwice = random.oneIn(10);
  await bring(person, asked, () => toSwitchOn(person, asked, { isOnCard, isTwice }), ON);
  if (random.oneIn(3)) {
    await bring(person, asked, () => offered(person, asked, "Pause"), PAUSED);
    if (!random.oneIn(3)) await bring(person, asked, () => offered(person, asked, "Resume"), ON);
  }
  return asked;
}

const ON = "🔑 On · ";
const PAUSED = "works nowhere";

/** A press that can be made now; null where the card offers none. */
type Press = (() => Promise<void>) | null;

const textOf = (person: Person, keyName: string) => card(person, keyName)?.text ?? "";
const has = (person: Person, keyName: string, label: string) =>
  card(person, keyName)?.buttons.some((button) => button.label === label) ?? false;

/** Does what is next, again and again, until it says how it is meant to end. */
async function bring(person: Person, keyName: string, next: () => Press, end: string): Promise<void> {
  const seen = () => `${textOf(person, keyName)} ${answers(person).at(-1)}`;
  const isDone = () => textOf(person, keyName).includes(end);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    await until(`${keyName} to offer something`, () => isDone() || next() !== null, { ...waiting, seen });
    if (isDone()) return;
    const before = textOf(person, keyName);
    await next()?.();
    const isOver = () => isDone() || textOf(person, keyName) !== before;
    await until(`${keyName} to change`, isOver, briefly).catch(() => {});
  }
  throw new Error(`${keyName} did not come to "${end}": ${seen()}`);
}

/** The next step to a key that is on, by what its card offers; null while there is none. */
function toSwitchOn(
  person: Person,
  keyName: string,
  { isOnCard, isTwice }: { isOnCard: boolean; isTwice: boolean },
): Press {
  if (has(person, keyName, "Show my secret"))
    return () => pressOnCard(person, keyName, "Show my secret", isTwice ? 2 : 1);
  const secret = secretMessages(person).findLast(({ code: [id = ""] }) => textOf(person, keyName).includes(id));
  const isOffered = has(person, keyName, SWITCH_ON);
  if (secret && (!isOffered || !isOnCard))
    return () => person.press(SWITCH_ON, { in: person.dm(), message: secret.ts }).catch(() => {});
  // Who does not see the secret has another one made, unless they have said already that they hold it.
  if (isOffered && (secret || textOf(person, keyName).includes("switched on") || isUnsaid(person, keyName)))
    return offered(person, keyName, SWITCH_ON);
  return offered(person, keyName, "New secret");
}

const offered = (person: Person, keyName: string, label: string): Press =>
  has(person, keyName, label) ? () => pressOnCard(person, keyName, label) : null;

const isUnsaid = (person: Person, keyName: string) =>
  textOf(person, keyName).includes("Tigris has not said whether it is on");

/** A form that got no answer is filled in anew, under another name: the first one may yet become a request. */
async function askUntilThere(person: Person, keyName: string, needsApproval: boolean): Promise<string> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const name = `${keyName}-${tries}`;
    try {
      await ask(person, name, needsApproval ? { Permission: "Admin", Reason: ADMIN_REASON } : {});
      await until("the card", () => card(person, name), briefly);
      if (person.modal()) await person.close();
      return name;
    } catch {
      if (card(person, name)) return name;
      await person.reload();
    }
  }
  throw new Error(`${keyName} could not be asked for`);
}

async function pressOnCard(person: Person, keyName: string, label: string, times = 1): Promise<void> {
  const message = ({ text, isEphemeral }: { text: string; isEphemeral: boolean }) =>
    !isEphemeral && text.includes(keyName);
  const presses = Array.from({ length: times }, () =>
    person.press(label, { in: person.dm(), message }).catch(() => {}),
  );
  await Promise.all(presses);
}

/** Approves whatever waits, until it is told to stop; two approvers may well press at once. */
export async function approveAll(approver: Person, random: Random, isOver: () => boolean): Promise<void> {
  const pressed = new Map<string, number>();
  const mayPress = (ts: string) => performance.now() - (pressed.get(ts) ?? -ANSWER_MS) >= ANSWER_MS / 2;
  const open = () =>
    approver
      .screen(APPROVALS)
      .filter(({ ts, buttons }) => buttons.some(({ label }) => label === "Approve") && mayPress(ts));
  for (;;) {
    await until("something to approve", () => isOver() || open().length > 0, { limitMs: 2 ** 30, pauseMs: 100 });
    if (isOver()) return;
    const { ts } = random.pick(open());
    pressed.set(ts, performance.now());
    await approver.press("Approve", { in: APPROVALS, message: ts }).catch(() => {});
  }
}
