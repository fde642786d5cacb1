import { ACTIONS } from "../../src/slack/ids";
import { reached } from "../kit/stand-ins";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { answers, askForReadOnly, reveal, SWITCH_ON, secretAfter, secretMessages, shownSecret, switchOn } from "./play";
import {
  atTigris,
  hears,
  keyOn,
  opens,
  pauseBy,
  pauseByOwner,
  pressInList,
  pressInOldList,
  pressOnCard,
  says,
} from "./play-pause";

/** A pause in every state of a key, and beside whatever else is under way on it. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const calls = (action: string) => world.tigris.calls.filter((call) => call.action === action);
const events = async (name: string) =>
  (await world.database.rows<{ id: string }>(`select id from events where name = '${name}'`)).length;

describe("a key that is off", () => {
  test("is paused without a call; I've saved it lifts nothing, and works after Resume", async () => {
    const { ann, dana } = world;
    await askForReadOnly(dana, "ci");
    const shown = await reveal(dana, "ci");
    await pressInOldList(world, ann, ACTIONS.pauseListed);
    await says(world, "Paused by @ann");
    await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
    await hears(dana, "ci is paused, so it stays as it is. It has to be resumed first: its card shows by whom.");
    expect([calls("UpdateAccessKey"), calls("UpdateAccessKeyWithBucketsRole")]).toEqual([[], []]);
    expect(atTigris(world, shown)?.bucketsRole).toEqual([]);
    await pressInList(ann, "Resume");
    await says(world, "opens none of your buckets until you say");
    expect(await opens(world, shown)).toBe(false);
    await switchOn(dana, "ci");
    expect(await opens(world, shown)).toBe(true);
  });

  test("in whose place another one is made: its holds go over", async () => {
    const { ann, dana, slack } = world;
    await askForReadOnly(dana, "ci");
    await reveal(dana, "ci");
    await pressInOldList(world, ann, ACTIONS.pauseListed);
    await says(world, "Paused by @ann");
    const [row] = await world.database.rows<{ delivery_id: string }>("select delivery_id from keys");
    const again = () =>
      slack.sendRaw("interaction", click(world, { id: dana.id }, ACTIONS.anotherSecret, row?.delivery_id ?? ""));
    await again();
    const isReplaced = async () => (await world.database.rows("select access_key_id from keys")).length === 2;
    await until("the other key", isReplaced);
    await dana.until("its secret", () => dana.screen().filter(({ code }) => code.length === 3).length === 2);
    await until("its delivery", async () => (await events("key.shown")) === 2);
    const secret = dana.screen().findLast(({ code }) => code.length === 3);
    await dana.press(SWITCH_ON, { in: dana.dm(), message: secret?.ts ?? "" });
    await hears(dana, "ci is paused, so it stays as it is");
    expect(calls("UpdateAccessKeyWithBucketsRole")).toEqual([]);
  });
});

describe("a key that is paused while something runs", () => {
  test.each(["before", "after"] as const)(
    "a new secret that is being made is delivered, and works after Resume (%s Tigris)",
    async (when) => {
      const { ann, dana, tigris } = world;
      const key = await keyOn(world);
      const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when });
      await pressOnCard(world, "New secret");
      await reached(held);
      await pauseBy(ann);
      expect(atTigris(world, key)?.status).toBe("inactive");
      held.release();
      const renewed = await dana.until("the secret", () => shownSecret(dana));
      await says(world, "Paused by @ann");
      await until("the record of it", async () => (await events("key.rotated")) === 1);
      expect([await opens(world, renewed), await opens(world, key)]).toEqual([false, false]);
      await pressInList(ann, "Resume");
      await says(world, "🔑 On · ");
      expect([await opens(world, renewed), await opens(world, key)]).toEqual([true, false]);
    },
  );

  test.each(["before", "after"] as const)(
    "a key that is being switched on is on and paused, and works after Resume (%s Tigris)",
    async (when) => {
      const { ann, dana, tigris } = world;
      await askForReadOnly(dana, "ci");
      const shown = await reveal(dana, "ci");
      const held = tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, { kind: "hold", when });
      await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
      await reached(held);
      await pauseBy(ann);
      held.release();
      await hears(dana, "ci is paused, so it stays as it is");
      await says(world, "Paused by @ann");
      // What gave it power beside the first pause is answered by a second one.
      await until("both pauses", async () => (await events("key.pause_taken")) === 2);
      await says(world, "works nowhere");
      expect(atTigris(world, shown)).toMatchObject({ status: "inactive", bucketsRole: [{ bucket: "*" }] });
      expect(await opens(world, shown)).toBe(false);
      await pressInList(ann, "Resume");
      await says(world, "🔑 On · ");
      expect(await opens(world, shown)).toBe(true);
    },
  );

  test("a key that is being resumed is paused once more", async () => {
    const { ann, dana, tigris } = world;
    const key = await keyOn(world);
    await pauseByOwner(world);
    const held = tigris.faults.arm({ call: "UpdateAccessKey" }, { kind: "hold", when: "before" });
    await pressOnCard(world, "Resume");
    await reached(held);
    await pauseBy(ann);
    held.release();
    await hears(dana, "Somebody was faster. The key ci is paused.");
    await until("another pause", () => calls("UpdateAccessKey").length === 4);
    await says(world, "works nowhere");
    expect([atTigris(world, key)?.status, await opens(world, key)]).toEqual(["inactive", false]);
  });

  test("a key that is being paused is deleted", async () => {
    const { dana, tigris } = world;
    const key = await keyOn(world);
    const held = tigris.faults.arm({ call: "UpdateAccessKey" }, { kind: "hold", when: "before" });
    await pressOnCard(world, "Pause");
    await reached(held);
    await pressInList(dana, "Delete key");
    await says(world, "Deleted by you");
    held.release();
    await hears(dana, "Somebody was faster");
    expect([atTigris(world, key), secretMessages(dana)]).toEqual([undefined, []]);
  });

  test("a key that is being deleted can't be paused any more", async () => {
    const { ann, tigris } = world;
    const key = await keyOn(world);
    const held = tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "hold", when: "before" });
    await pressOnCard(world, "Delete key");
    await reached(held);
    const pressed = click(world, { id: ann.id }, ACTIONS.pauseListed, key.accessKeyId);
    await ann.reload();
    await world.slack.sendRaw("interaction", pressed);
    held.release();
    await says(world, "Deleted by you");
    expect([await events("key.paused"), calls("UpdateAccessKey")]).toEqual([0, []]);
  });
});

test("a paused key whose secret is replaced stays paused, and the new secret works after Resume", async () => {
  const { dana } = world;
  const key = await keyOn(world);
  await pauseByOwner(world);
  const renewed = await secretAfter(world, () => pressOnCard(world, "New secret"));
  expect(secretMessages(dana).at(-1)?.text).toContain("The key is paused: this secret works only once it is resumed.");
  await says(world, "Paused by you");
  expect([await opens(world, renewed), atTigris(world, key)?.status]).toEqual([false, "inactive"]);
  await dana.press("I've saved it");
  await hears(dana, "The key is paused, so it works nowhere until somebody presses Resume");
  expect(await opens(world, renewed)).toBe(false);
  await pressOnCard(world, "Resume");
  await says(world, "🔑 On · ");
  expect([await opens(world, renewed), await opens(world, key)]).toEqual([true, false]);
});

test("a paused key is deleted, by its owner and by an approver", async () => {
  const { ann, dana, tigris } = world;
  await keyOn(world);
  await pauseByOwner(world);
  await pressOnCard(world, "Delete key");
  await says(world, "Deleted by you");
  await keyOn(world, "ci");
  await pauseBy(ann);
  await pressInList(ann, "Delete key");
  await says(world, "Deleted by @ann");
  expect([tigris.keys().length, answers(dana)]).toEqual([1, expect.not.arrayContaining(["You resumed"])]);
});

test("a second click on Resume while the first is on its way is told, and Active is set once", async () => {
  const { dana, tigris } = world;
  await keyOn(world);
  await pauseByOwner(world);
  const held = tigris.faults.arm({ call: "UpdateAccessKey" }, { kind: "hold", when: "before" });
  await pressOnCard(world, "Resume");
  await reached(held);
  await pressOnCard(world, "Resume");
  await hears(dana, "Tigris is changing ci right now");
  held.release();
  await says(world, "🔑 On · ");
  expect(calls("UpdateAccessKey")).toHaveLength(2);
});
