import type { Person } from "../../sandbox/slack";
import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, APPROVERS_GROUP, GENERAL } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { approvalsCard, askForReadOnly, card, rang, reveal, type ShownSecret, switchOn } from "./play";
import {
  atTigris,
  hears,
  keyOn,
  lists,
  opens,
  pauseBy,
  pauseByOwner,
  pressInList,
  pressOnCard,
  says,
} from "./play-pause";
import { KEY_NAME, keyCard, labels, savedKey, works } from "./play-secrets";

/** Who pauses and resumes what, by which button, and who is told. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const told = (text: string) => world.ann.screen(APPROVALS).filter((message) => message.text.includes(text));
const calls = (action: string) => world.tigris.calls.filter((call) => call.action === action);

const events = async (name: string) =>
  (await world.database.rows<{ id: string }>(`select id from events where name = '${name}'`)).length;

test("an owner pauses and resumes by their card: the same secret is refused, and works again", async () => {
  const { dana, clock } = world;
  const key = await keyOn(world);
  expect(await opens(world, key)).toBe(true);
  await pauseByOwner(world);
  await hears(dana, "You paused ci: it works nowhere");
  expect(card(dana, "ci")?.text).toContain("Paused by you");
  expect(labels(card(dana, "ci"))).toEqual(["Resume", "Delete key", "New secret"]);
  expect(await opens(world, key)).toBe(false);
  expect(atTigris(world, key)).toMatchObject({ status: "inactive", bucketsRole: [{ bucket: "*", role: "ReadOnly" }] });
  await pressOnCard(world, "Resume");
  await says(world, "🔑 On · ");
  await hears(dana, "ci works again");
  expect([await opens(world, key), labels(card(dana, "ci"))]).toEqual([
    true,
    ["New secret", "Rotate", "Change access", "Pause", "Delete key"],
  ]);
  for (let minutes = 0; minutes < 3; minutes++) clock.advance(60_000);
  await until("a message sent since", async () => (await world.database.rows("select id from outbox")).length === 0);
  expect([told("paused"), rang(world, dana, "@ paused"), rang(world, dana, "@ resumed")]).toEqual([[], 0, 0]);
});

test("an owner does the same in a list", async () => {
  const { dana } = world;
  const key = await keyOn(world);
  await pressInList(dana, "Pause");
  await hears(dana, "paused by you just now", GENERAL);
  expect(await opens(world, key)).toBe(false);
  await pressInList(dana, "Resume");
  await hears(dana, "resumed by you just now", GENERAL);
  expect(await opens(world, key)).toBe(true);
});

test("an approver pauses by the approvals card: owner and channel are told, and another approver resumes", async () => {
  const { ann, bob, dana, clock } = world;
  const key = await savedKey(world);
  const own = () => approvalsCard(world, KEY_NAME);
  await ann.until("the button", () => labels(own()).includes("Pause key"));
  await ann.press("Pause key", { in: APPROVALS, message: own()?.ts ?? "" });
  await hears(ann, `You paused ${KEY_NAME}`, APPROVALS);
  await ann.until("the card", () => own()?.text.includes("Paused by @ann") && own());
  expect(labels(own())).toEqual(["Resume", "Delete key"]);
  expect(await works(world, key)).toBe(false);
  await until("the owner's notice", () => rang(world, dana, `@ paused your key ${KEY_NAME}`) === 1);
  await passUntil("the channel's", () => told("@ann paused the key of @dana: deploy (tid_").length === 1, {
    clock,
    stepMs: 10_000,
  });
  await dana.until("her card", () => keyCard(world, key)?.text.includes("Paused by @ann"));
  expect(keyCard(world, key)?.text).toContain("It works again when one of @key-approvers resumes it.");
  expect(labels(keyCard(world, key))).not.toContain("Resume");
  await pressesResume(dana, key);
  expect(await works(world, key)).toBe(false);
  await bob.press("Resume", { in: APPROVALS, message: own()?.ts ?? "" });
  await until("the owner's second notice", () => rang(world, dana, `@ resumed your key ${KEY_NAME}`) === 1);
  await dana.until("her card", () => keyCard(world, key)?.text.includes("🔑 On · "));
  await ann.until("the card", () => labels(own()).includes("Pause key"));
  expect(await works(world, key)).toBe(true);
});

test("whoever is neither its owner nor an approver pauses and resumes nothing", async () => {
  const { eve, slack } = world;
  const key = await keyOn(world);
  await eve.reload();
  for (const action of [ACTIONS.pauseKey, ACTIONS.pauseListed, ACTIONS.pauseApproved])
    await slack.sendRaw("interaction", click(world, { id: eve.id }, action, key.accessKeyId));
  expect(await opens(world, key)).toBe(true);
  await pauseByOwner(world);
  for (const action of [ACTIONS.resumeKey, ACTIONS.resumeListed, ACTIONS.resumeApproved])
    await slack.sendRaw("interaction", click(world, { id: eve.id }, action, key.accessKeyId));
  expect([await opens(world, key), calls("UpdateAccessKey").length]).toEqual([false, 1]);
});

/** A click on the button that the card has no more: what it can't do is refused. */
async function pressesResume(person: Person, { accessKeyId }: ShownSecret, code = "held_by_other"): Promise<void> {
  const refusals = () => world.log.filter((line) => line.includes('"refused"') && line.includes(code)).length;
  const before = refusals();
  await world.slack.sendRaw("interaction", click(world, { id: person.id }, ACTIONS.resumeKey, accessKeyId));
  await until("the refusal", () => refusals() > before);
}

describe("two holds", () => {
  test.each(["owner", "approver"] as const)("both have to be lifted, that of the %s first", async (first) => {
    const { ann, dana } = world;
    const key = await keyOn(world);
    await pauseByOwner(world);
    await pressOnCard(world, "Resume");
    await says(world, "🔑 On · ");
    await pauseBy(ann);
    await says(world, "Paused by @ann");
    await pressOnCard(world, "Pause");
    await until("both pauses", async () => (await events("key.pause_taken")) === 3);
    const byOwner = () => pressOnCard(world, "Resume");
    const byApprover = () => pressInList(ann, "Resume");
    if (first === "owner") {
      await byOwner();
      await hears(dana, "ci is paused by @ann; another approver");
      expect(await opens(world, key)).toBe(false);
      await byApprover();
    } else {
      await byApprover();
      await hears(ann, "ci is paused by @dana, who has to resume it", GENERAL);
      await says(world, "Paused by you");
      expect(await opens(world, key)).toBe(false);
      await byOwner();
    }
    await says(world, "🔑 On · ");
    expect(await opens(world, key)).toBe(true);
  });

  test("an approver can't lift the hold that another one has on a key of their own", async () => {
    const { ann, bob } = world;
    await askForReadOnly(ann, "ci");
    const shown = await reveal(ann, "ci");
    await switchOn(ann, "ci");
    await bob.command("/tigris-key list @ann", { in: GENERAL });
    await bob.until("the list", () => lists(bob).length === 1);
    await bob.press("Pause", { in: GENERAL, beside: "ci" });
    await ann.until("her card", () => card(ann, "ci")?.text.includes("Paused by @bob"));
    await pressesResume(ann, shown);
    expect(await opens(world, shown)).toBe(false);
  });
});

describe("Resume gives power, so it is judged by what holds now", () => {
  test("an owner who may not ask any more resumes nothing, and nobody does it for them", async () => {
    const { ann, dana, slack } = world;
    const key = await keyOn(world);
    await pauseBy(ann);
    await says(world, "Paused by @ann");
    await world.restartBot({ REQUESTERS: APPROVERS_GROUP });
    await pressesResume(dana, key, "not_requester");
    await pressInList(ann, "Resume");
    await hears(ann, "@dana can no longer ask for keys", GENERAL);
    expect([await opens(world, key), calls("UpdateAccessKey").length]).toEqual([false, 1]);
    slack.setGroup(APPROVERS_GROUP, ["UANN00001", "UBOB00001", dana.id]);
    await pressInList(ann, "Resume");
    await says(world, "🔑 On · ");
    expect(await opens(world, key)).toBe(true);
  });

  test("a key that needs an approval by now, and had none, stays paused", async () => {
    const { dana } = world;
    const key = await keyOn(world);
    await pauseByOwner(world);
    await world.restartBot({ APPROVAL_FOR: "admin,readonly" });
    await pressOnCard(world, "Resume");
    await dana.until("the form", () => dana.modal()?.title === "Ask to resume a key");
    await dana.close();
    await pressInList(dana, "Resume");
    await dana.until("the form for an approval", () =>
      dana.modal()?.text.includes("Such keys need an approval by now"),
    );
    expect([await opens(world, key), calls("UpdateAccessKey").length]).toEqual([false, 1]);
  });

  test("an approver who left after the key was on does not matter", async () => {
    const { dana, slack } = world;
    const key = await savedKey(world);
    await dana.press("Pause", { in: dana.dm(), message: key.cardTs });
    await dana.until("the pause", () => keyCard(world, key)?.text.includes("works nowhere"));
    slack.setGroup(APPROVERS_GROUP, ["UBOB00001"]);
    await dana.press("Resume", { in: dana.dm(), message: key.cardTs });
    await dana.until("the key on", () => keyCard(world, key)?.text.includes("🔑 On · "));
    expect(await works(world, key)).toBe(true);
  });
});
