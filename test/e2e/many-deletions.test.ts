import type { Person } from "../../sandbox/slack";
import { APPROVALS, GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
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

  test("a button decides about the keys that its message names, and what came later is asked about anew", async () => {
    const { ann, bob, dana, clock } = world;
    await asked();
    const [later] = await keysOfDana("later");
    if (!later) throw new Error("a later key");
    clock.advance(1_000);
    expect(await deleteBy(bob, later)).toContain("You have deleted 2 keys of others");
    await passUntil("the later question", () => told("wants 3 more keys to go")[0], { clock, stepMs: 10_000 });
    const first = ({ text }: { text: string }) => text.includes("wants 2 more keys to go");
    await ann.press("Delete them", { in: APPROVALS, message: first });
    await ann.until("the end", () => answers(ann, APPROVALS).some((text) => text.includes("You deleted the 2 keys")));
    expect(alive()).toBe(1);
    await passUntil("the question about the rest", () => told("wants 1 more key to go")[0], { clock, stepMs: 10_000 });
    await dana.until("her card", () => card(dana, "later")?.text.includes("waits for another approver"));
  });

  test("while Tigris confirms nothing, nobody reads that they are gone", async () => {
    const { ann, tigris } = world;
    await asked();
    tigris.faults.arm(
      { call: "DeleteAccessKey", times: 20 },
      { kind: "refuse", status: 503, body: { Code: "SlowDown" } },
    );
    await ann.press("Delete them", { in: APPROVALS });
    await ann.until("the answer", () =>
      answers(ann, APPROVALS).some((text) => text.includes("0 of 2 keys are deleted")),
    );
    expect(alive()).toBe(2);
  });

  test("a new secret on its way when the deletion was held and lifted is nobody's, and the next one works", async () => {
    const { ann, bob, dana, tigris } = world;
    await asked();
    await ann.press("Keep them", { in: APPROVALS });
    await dana.until("her card", () => card(dana, "four")?.buttons.some(({ label }) => label === "New secret"));
    const four = keys[3];
    if (!four) throw new Error("a fourth key");
    const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "after" });
    await dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("four") });
    await reached(held);
    expect(await deleteBy(bob, four)).toContain("You have deleted 2 keys of others");
    await ann.until("the question", () => told("wants 1 more key to go")[0]);
    await ann.press("Keep them", { in: APPROVALS, message: ({ text }) => text.includes("wants 1 more key") });
    await ann.until("the end", () => answers(ann, APPROVALS).some((text) => text.includes("The key that @bob wanted")));
    held.release();
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("has probably stopped working")));
    expect(secretMessages(dana)).toEqual([]);
    await dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("four") });
    await dana.until("the secret", () => secretMessages(dana).length === 1);
  });
});
