import { makeWith } from "../kit/make-with";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, ask, card, keep, type ShownSecret } from "./play";

let world: World;
beforeEach(async () => {
  world = await createWorld("socket");
});
afterEach(() => endWorld(world));

/** An Editor key of Dana's that is on. */
async function editorKey(): Promise<ShownSecret> {
  const { dana } = world;
  await ask(dana, "uploads", { Permission: "Editor", Buckets: ["builds"] });
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", () => card(dana, "uploads")?.buttons.some(({ label }) => label === "Show my secret"));
  return keep(dana, "uploads");
}

const told = (text: string) => world.ann.screen(APPROVALS).find((message) => message.text.includes(text));
const lists = () =>
  world.database.rows<{ tries: number; closed: number }>("select tries, closed from attempts where kind = 'list_made'");
const listed = (times: number) =>
  until(`list ${times}`, async () => (await lists()).some(({ tries }) => tries === times));
const isThere = (id: string) => world.tigris.keys().some(({ accessKeyId }) => accessKeyId === id);
const pauseByAnn = async () => {
  await world.ann.command("/tigris-key list all", { in: APPROVALS });
  await world.ann.until("the list", () => told(" of everybody"));
  await world.ann.press("Pause", { in: APPROVALS });
  await world.ann.until("the pause", () =>
    answers(world.ann, APPROVALS).some((text) => text.includes("paused by you just now")),
  );
};

test("a key that a paused key has made is shown to approvers, and goes by their click alone", async () => {
  const { dana, ann, eve } = world;
  const key = await editorKey();
  const child = await makeWith(world.tigris, key, "hidden");
  await dana.press("Pause", { in: dana.dm() });
  const shown = await ann.until("the key that it made", () => told("has made another key"));
  expect(shown.text).toContain("hidden");
  expect(shown.text).toContain(child);

  await eve.until("the same", () => eve.screen(APPROVALS).some(({ ts }) => ts === shown.ts));
  await eve.press("Delete key", { in: APPROVALS, message: shown.ts });
  await eve.until("a refusal", () => answers(eve, APPROVALS).some((text) => text.includes("Only @key-approvers")));
  expect(isThere(child)).toBe(true);
  await ann.press("Delete key", { in: APPROVALS, message: shown.ts });
  await ann.until("the deletion", () => answers(ann, APPROVALS).some((text) => text.includes(`You deleted ${child}`)));
  expect(isThere(child)).toBe(false);
  await ann.press("Delete key", { in: APPROVALS, message: shown.ts });
  await ann.until("that it is gone", () =>
    answers(ann, APPROVALS).some((text) => text.includes("is gone from Tigris")),
  );
});

test("one that the list shows later is told later, once; and one of a deleted key", async () => {
  const { dana, ann, clock, tigris } = world;
  const key = await editorKey();
  const early = await makeWith(world.tigris, key, "early");
  tigris.controls.leaveOutOfPages([early]);
  await dana.press("Delete key", { in: dana.dm(), message: ({ text }) => text.includes("uploads") });
  await dana.until("the deletion", () => card(dana, "uploads")?.text.includes("Deleted by"));
  await listed(1);
  expect(told("has made another key")).toBeUndefined();
  tigris.controls.leaveOutOfPages([]);
  clock.advance(61_000);
  await ann.until("the key that it made", () => told(early));
  await listed(2);
  clock.advance(10 * 60_000);
  await listed(3);
  clock.advance(60 * 60_000);
  await until("no list is left", async () => (await lists()).every(({ closed }) => closed === 1));
  expect(ann.screen(APPROVALS).filter(({ text }) => text.includes(early))).toHaveLength(1);
});

test("where Tigris names no key as creator, whoever paused another's key reads that nobody can see it", async () => {
  const { ann, tigris } = world;
  tigris.controls.behave({ creator: { kind: "nobody" } });
  const key = await editorKey();
  const hidden = await makeWith(world.tigris, key, "hidden");
  await pauseByAnn();
  await ann.until("that it can't be seen", () => told("Tigris doesn't say which key made which"));
  expect(isThere(hidden)).toBe(true);
});
