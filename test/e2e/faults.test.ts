import type { Fault } from "../../sandbox/faults";
import { DAY_MS } from "../../src/domain/limits";
import { APPROVALS, OWN_KEY } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card, keep, rang, reveal, secretMessages } from "./play";

const CREATE = "CreateAccessKeyWithBucketsRole";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let world: World;
beforeEach(async () => {
  world = await createWorld("socket", { overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 2_000 } } });
});
afterEach(() => endWorld(world));

/** The names of the keys that Tigris has, but the bot's own. */
function keyNames(): string[] {
  return world.tigris
    .keys()
    .map(({ name }) => name)
    .filter((name) => name !== "root");
}

/** When keys were looked for by their name. The bot's own key is asked for by its id. */
function searches(): number[] {
  return world.tigris.calls
    .filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId)
    .map(({ at }) => at);
}

const offersReveal = () => card(world.dana, "ci")?.buttons.some(({ label }) => label === "Show my secret");
const alerts = (words: string) => world.ann.screen(APPROVALS).filter(({ text }) => text.includes(words));

async function pressReveal(): Promise<void> {
  await world.dana.press("Show my secret", { in: world.dana.dm() });
}

test("a refusal of Tigris's: nothing is made, the request is kept, and both say what to do", async () => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "refuse", status: 403, body: { Code: "AccessDenied", Message: "no" } });
  await pressReveal();
  await dana.until("the refusal", () =>
    answers(dana).some((text) => text.includes("Tigris refused to make ci, since it doesn't allow me to")),
  );
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Tigris refused to make it"));
  expect(keyNames()).toEqual([]);
  await reveal(dana, "ci");
  expect(keyNames()).toEqual([expect.stringMatching(/^ci-\w{8}-2$/)]);
});

describe.each<[string, Fault]>([
  ["the connection is reset", { kind: "lose", when: "after" }],
  ["it is a 500", { kind: "garble", when: "after", status: 500, body: "oops" }],
  ["it is a 503", { kind: "garble", when: "after", status: 503, body: "{}" }],
  ["it is no JSON", { kind: "garble", when: "after", body: "{{{" }],
  [
    "there is no secret in it",
    { kind: "garble", when: "after", body: '{"CreateAccessKeyResult":{"AccessKey":{"AccessKeyId":"tid_abc"}}}' },
  ],
  ["it comes too late", { kind: "hold", when: "after" }],
])("Tigris made the key, but its answer is lost: %s", (_why, fault) => {
  test("another one can be revealed at once, and the lost one, which opens nothing, is swept a minute later", async () => {
    const { dana, tigris, clock } = world;
    await askForReadOnly(dana, "ci");
    tigris.faults.arm({ call: CREATE }, fault);
    await pressReveal();
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("Tigris gave no clear answer")));
    await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("it opens nothing") && offersReveal());
    expect(keyNames()).toEqual([expect.stringMatching(/^ci-\w{8}$/)]);
    expect(tigris.keys()[1]?.bucketsRole).toEqual([]);
    const shown = await keep(dana, "ci");
    expect(searches()).toEqual([]);
    expect(keyNames()).toHaveLength(2);
    await passUntil("the lost key to be deleted", () => keyNames().length === 1, { clock, stepMs: 10 * SECOND });
    expect(keyNames()).toEqual([expect.stringMatching(/-2$/)]);
    expect(secretMessages(dana)).toEqual([]);
    expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
  });
});

test.each([
  ["five minutes", 5 * MINUTE, 10 * SECOND],
  ["a day and a half", 36 * HOUR, 6 * HOUR],
])("a key that Tigris makes %s after its answer was lost is found by a later search", async (_late, ms, stepMs) => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "late", ms });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  const shown = await keep(dana, "ci");
  const made = () => tigris.calls.filter(({ action }) => action === "DeleteAccessKey").length === 1;
  await passUntil("the late key to be deleted", made, { clock, stepMs });
  expect(clock.now()).toBeGreaterThanOrEqual((tigris.keys()[1]?.createdAt ?? 0) + ms);
  await until("the late key to be gone", () => keyNames().length === 1);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
});

test("a key that was never made is looked for after a minute, after a quarter of an hour, at a start, and then once a day", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
  const lostAt = clock.now();
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("Tigris gave no clear answer"));
  const searched = () => world.log.filter((line) => line.includes('"attempt.searched"')).length;
  const pass = (count: number, stepMs: number) =>
    passUntil(`search ${count}`, () => searched() === count, { clock, stepMs });
  await pass(1, 10 * SECOND);
  await pass(2, 10 * SECOND);
  const [first = 0, second = 0] = searches();
  expect(first - lostAt).toBeGreaterThanOrEqual(MINUTE);
  expect(first - lostAt).toBeLessThan(5 * MINUTE);
  expect(second - lostAt).toBeGreaterThanOrEqual(15 * MINUTE);
  expect(second - lostAt).toBeLessThan(25 * MINUTE);
  await world.restartBot();
  await pass(3, 0);
  await pass(4, HOUR);
  const [, , third = 0, fourth = 0] = searches();
  expect(fourth - third).toBeGreaterThanOrEqual(DAY_MS);
});

test("two keys under the same name: none is deleted, the approvals channel is told, and the request goes on", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  const [name = ""] = keyNames();
  const other = tigris.controls.addKey(name, [{ bucket: "logs", role: "Editor" }]);
  const told = () => alerts("can't tell which key it made");
  await passUntil("the alert", () => told().length === 1, { clock, stepMs: 10 * SECOND });
  expect(told()[0]?.text).toContain(other.accessKeyId);
  expect(told()[0]?.text).toContain(tigris.keys()[1]?.accessKeyId);
  await keep(dana, "ci");
  clock.advance(DAY_MS);
  await world.restartBot();
  expect(keyNames()).toEqual([name, name, `${name}-2`]);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
});

test("a lost key that somebody gave power meanwhile is left to people", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  const id = tigris.keys()[1]?.accessKeyId ?? "";
  tigris.controls.setKeyRoles(id, [{ bucket: "logs", role: "ReadOnly" }]);
  await passUntil("the alert", () => alerts("it opens buckets in Tigris").length === 1, { clock, stepMs: 10 * SECOND });
  expect(alerts(id)).toHaveLength(1);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
});

test("who has lost the lease posts nothing, its requester can reveal again, and its key is swept", async () => {
  await world.stop();
  world = await createWorld("socket");
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  const made = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "after" });
  await pressReveal();
  await reached(made);
  tigris.controls.emptyListing(true);
  await passUntil("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"), {
    clock,
    stepMs: SECOND,
  });
  await dana.until("the ring", () => rang(world, dana, "I was interrupted while making ci.") === 1);
  expect(offersReveal()).toBe(true);
  expect(keyNames()).toHaveLength(1);
  tigris.controls.emptyListing(false);
  made.release();
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Making ci took too long")));
  await passUntil("the key to be deleted", () => keyNames().length === 0, { clock, stepMs: 10 * SECOND });
  expect(secretMessages(dana)).toEqual([]);
});

describe.each([
  ["the bot's own", () => OWN_KEY.accessKeyId],
  ["another key's", (other: string) => other],
])("Tigris answers with an id that is no new key's: %s", (_whose, idOf) => {
  test("nothing is shown, nothing deleted for it", async () => {
    const { dana, tigris, clock } = world;
    await askForReadOnly(dana, "other");
    const other = await keep(dana, "other");
    await askForReadOnly(dana, "ci");
    const key = { AccessKeyId: idOf(other.accessKeyId), SecretAccessKey: "tsec_of_some_other_key_0000" };
    const body = JSON.stringify({ CreateAccessKeyResult: { AccessKey: key } });
    tigris.faults.arm({ call: CREATE }, { kind: "garble", when: "before", body });
    await pressReveal();
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("Tigris gave no clear answer")));
    await passUntil("the searches", () => searches().length === 2, { clock, stepMs: MINUTE });
    expect(secretMessages(dana)).toEqual([]);
    expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
    expect((await tigris.use(other.accessKeyId, other.secret)).may).toContain("read logs");
  });
});
