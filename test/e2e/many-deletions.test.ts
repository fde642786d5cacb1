import type { Person } from "../../sandbox/slack";
import { APPROVALS, GENERAL } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, keep, type ShownSecret, secretMessages } from "./play";

let world: World;
worldForEach({ mode: "socket", env: { MAX_DELETIONS_PER_HOUR: "2" } }, (one) => {
  world = one;
});

async function deleteBy(person: Person, { accessKeyId }: ShownSecret): Promise<string> {
  await person.command(`/tigris-key delete ${accessKeyId}`, { in: GENERAL });
  await person.until("the form", () => person.modal()?.submit === "Delete key");
  await person.submit();
  const said = await person.until("the answer", () => {
    const text = person.modal()?.text ?? "";
    return /You deleted|within an hour/.test(text) && text;
  });
  await person.close();
  return said;
}

const told = (words: string) => world.ann.screen(APPROVALS).filter(({ text }) => text.includes(words));

async function keysOfDana(...names: string[]): Promise<ShownSecret[]> {
  const shown: ShownSecret[] = [];
  for (const name of names) {
    await askForReadOnly(world.dana, name);
    shown.push(await keep(world.dana, name));
  }
  return shown;
}

test("approvers read of deletions of others' keys, several within a minute as one message; one's own are nobody's", async () => {
  const { bob, dana, clock } = world;
  const [one, two, own] = await keysOfDana("one", "two", "own");
  if (!one || !two || !own) throw new Error("three keys");
  expect(await deleteBy(dana, own)).toContain("You deleted own");
  await deleteBy(bob, one);
  await deleteBy(bob, two);
  expect(told("deleted")).toEqual([]);
  await passUntil("the message", () => told("@bob deleted 2 keys of others").length === 1, { clock, stepMs: 10_000 });
  expect(told("@bob deleted 2 keys")[0]?.text).toMatch(/one \(tid_.*of @dana, two \(tid_.*of @dana/);
  expect(told("own (")).toEqual([]);
});

describe("above the limit of an hour", () => {
  let keys: ShownSecret[];
  const alive = () => world.tigris.keys().filter(({ accessKeyId }) => accessKeyId !== "tid_bot_own_key").length;
  beforeEach(async () => {
    const { bob, dana } = world;
    keys = await keysOfDana("one", "two", "three", "four");
    for (const key of keys.slice(0, 2)) await deleteBy(bob, key);
    for (const key of keys.slice(2)) expect(await deleteBy(bob, key)).toContain("You have deleted 2 keys of others");
    await dana.until("her card", () => card(dana, "four")?.text.includes("waits for another approver"));
    expect(alive()).toBe(2);
  });

  const asked = () => world.bob.until("the question", () => told("wants 2 more keys to go")[0]);

  test("no new secret of such a key is made, and a second approver deletes them all", async () => {
    const { ann, bob, dana, tigris } = world;
    await asked();
    await bob.press("Delete them", { in: APPROVALS });
    await bob.until("the refusal", () =>
      answers(bob, APPROVALS).some((text) => text.includes("somebody else has to say")),
    );
    expect([alive(), tigris.calls.some(({ action }) => action === "RotateAccessKey")]).toEqual([2, false]);
    await ann.press("Delete them", { in: APPROVALS });
    await ann.until("the end", () => answers(ann, APPROVALS).some((text) => text.includes("You deleted the 2 keys")));
    expect(alive()).toBe(0);
    await dana.until("her card", () => card(dana, "four")?.text.includes("was deleted by @ann"));
  });

  test("a second approver lets them stay", async () => {
    const { ann, dana } = world;
    await asked();
    await ann.press("Keep them", { in: APPROVALS });
    await ann.until("the end", () => answers(ann, APPROVALS).some((text) => text.includes("2 keys that @bob wanted")));
    await dana.until("her card", () => card(dana, "four")?.buttons.some(({ label }) => label === "New secret"));
    expect(alive()).toBe(2);
  });

  test("whoever is no approver decides nothing", async () => {
    const { eve } = world;
    await asked();
    await eve.press("Delete them", { in: APPROVALS });
    await eve.until("the refusal", () => answers(eve, APPROVALS).some((text) => text.includes("can do this")));
    expect(alive()).toBe(2);
  });

  test("its owner needs nobody", async () => {
    const { dana } = world;
    const [, , three] = keys;
    if (!three) throw new Error("a third key");
    expect(await deleteBy(dana, three)).toContain("You deleted three");
    expect([alive(), secretMessages(dana)]).toEqual([1, []]);
  });
});
