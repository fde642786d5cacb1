import type { Person } from "../../sandbox/slack";
import { APPROVALS, GENERAL } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { askForReadOnly, card, keep, rang, type ShownSecret, secretMessages } from "./play";
import { pressInList } from "./play-pause";

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
    return /You deleted|is paused instead|have paused|has not confirmed yet/.test(text) && text;
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
  expect(told("@bob deleted 2 keys")[0]?.text).toMatch(
    /one \(tid_\S+\) of @dana [\d-]+ [\d:]+, two \(tid_\S+\) of @dana [\d-]+ [\d:]+\./,
  );
  expect(told("own (")).toEqual([]);
}, 40_000);

describe("above the limit of an hour a deletion takes effect as a pause", () => {
  let keys: ShownSecret[];
  let three: ShownSecret;
  const alive = () => world.tigris.keys().filter(({ accessKeyId }) => accessKeyId !== "tid_bot_own_key").length;
  const works = async () => (await world.tigris.use(three.accessKeyId, three.secret)).ok;
  const isOver = (text: string) => world.dana.until("her card", () => card(world.dana, "three")?.text.includes(text));

  beforeEach(async () => {
    keys = await keysOfDana("one", "two", "three");
    for (const key of keys.slice(0, 2)) await deleteBy(world.bob, key);
    const [, , third] = keys;
    if (!third) throw new Error("a third key");
    three = third;
  }, 40_000);

  describe("at once", () => {
    beforeEach(async () => {
      expect(await deleteBy(world.bob, three)).toContain("is paused instead");
      await isOver("Paused by @bob");
    });
    afterEach(() => expect(world.tigris.calls.some(({ action }) => action === "RotateAccessKey")).toBe(false));

    test("its owner and the channel are told, and it works nowhere", async () => {
      const { dana, clock } = world;
      expect([alive(), await works()]).toEqual([1, false]);
      await dana.until("the ring", () => rang(world, dana, "@ paused your key three") === 1);
      await passUntil("the message", () => told("@bob paused the key of @dana: three (tid_").length === 1, {
        clock,
        stepMs: 10_000,
      });
    });

    test("another approver deletes it", async () => {
      const { ann } = world;
      expect(await deleteBy(ann, three)).toContain("You deleted three");
      await isOver("Deleted by @ann");
      expect(alive()).toBe(0);
    });

    test("another approver resumes it, its owner does not", async () => {
      const { ann, dana } = world;
      expect(card(dana, "three")?.text).toContain("It works again when one of @key-approvers resumes it.");
      expect(card(dana, "three")?.buttons.map(({ label }) => label)).not.toContain("Resume");
      expect(await works()).toBe(false);
      await pressInList(ann, "Resume", "three");
      await isOver("🔑 On · ");
      expect(await works()).toBe(true);
    });

    test("whoever paused it so deletes it when the hour is over", async () => {
      const { bob, clock } = world;
      expect(await deleteBy(bob, three)).toContain("You have paused three already");
      expect(alive()).toBe(1);
      clock.advance(3_600_001);
      expect(await deleteBy(bob, three)).toContain("You deleted three");
      expect(alive()).toBe(0);
    });

    test("its owner needs nobody to delete it", async () => {
      const { dana } = world;
      expect(await deleteBy(dana, three)).toContain("You deleted three");
      expect([alive(), secretMessages(dana)]).toEqual([0, []]);
    });
  });

  test("one's own key is deleted all the same", async () => {
    const { bob } = world;
    await askForReadOnly(bob, "mine");
    expect(await deleteBy(bob, await keep(bob, "mine"))).toContain("You deleted mine");
  });

  test("while Tigris confirms nothing, nobody reads that it is paused; the bot goes on", async () => {
    const { bob, tigris, clock } = world;
    const busy = { kind: "refuse", status: 503, body: { Code: "SlowDown" } } as const;
    for (const call of ["UpdateAccessKey", "UpdateAccessKeyWithBucketsRole"])
      tigris.faults.arm({ call, times: 1_000 }, busy);
    expect(await deleteBy(bob, three)).toContain("has not confirmed yet that three is paused");
    expect(await works()).toBe(true);
    await isOver("until then it may still work");
    tigris.faults.clear();
    await passUntil("her card", () => card(world.dana, "three")?.text.includes("works nowhere"), {
      clock,
      stepMs: 1_000,
    });
    expect(await works()).toBe(false);
  });
});
