import type { Fault } from "../../sandbox/faults";
import { APPROVALS, OWN_KEY } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card, reveal, secretMessages } from "./play";

const CREATE = "CreateAccessKeyWithBucketsRole";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

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

async function pressReveal(): Promise<void> {
  await world.dana.press("Reveal secret", { in: world.dana.dm() });
}

test("a refusal of Tigris's: nothing is made, the request is kept, and both say what to do", async () => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "refuse", status: 403, body: { Code: "AccessDenied", Message: "no" } });
  await pressReveal();
  await dana.until("the refusal", () =>
    answers(dana).some((text) => text.includes("Tigris refused to make ci (AccessDenied)")),
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
  test("the key is found by its name and deleted, and another one can be revealed", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    tigris.faults.arm({ call: CREATE }, fault);
    await pressReveal();
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("I don't know whether the key of ci was made")),
    );
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Tigris gave no clear answer"));
    await dana.until("Reveal again", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Reveal secret"));
    expect(keyNames()).toEqual([]);
    await reveal(dana, "ci");
    expect(keyNames()).toEqual([expect.stringMatching(/-2$/)]);
    expect(secretMessages(dana)).toHaveLength(1);
  });
});

test("a key that Tigris makes long after its answer was lost is found by a later search", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  const late = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "before" });
  await pressReveal();
  await reached(late);
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can reveal again"));
  expect(keyNames()).toEqual([]);
  const shown = await reveal(dana, "ci");
  late.release();
  await dana.until("the late key", () => keyNames().length === 2);
  await passUntil("the late key to be deleted", () => keyNames().length === 1, { clock, stepMs: SECOND });
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});

test("a key that was never made is looked for six times, and then no more", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("Tigris gave no clear answer"));
  const isClosed = () => world.log.some((line) => line.includes('"attempt.closed"'));
  // The half hour and more goes by in steps of a second: that is most of what this test does.
  await passUntil("the last search", isClosed, { clock, stepMs: SECOND, limitMs: 15_000 });
  const [first = 0, ...later] = searches();
  const schedule = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE];
  expect(later).toHaveLength(schedule.length);
  for (const [index, after] of schedule.entries()) expect((later[index] ?? 0) - first).toBeGreaterThanOrEqual(after);
});

/** When keys were looked for by their name. The bot's own key is asked for by its id. */
function searches(): number[] {
  return world.tigris.calls
    .filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId)
    .map(({ at }) => at);
}

test("two keys under the same name: none is deleted, and the approvals channel is told", async () => {
  const { dana, ann, tigris } = world;
  await askForReadOnly(dana, "ci");
  const made = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "after" });
  await pressReveal();
  await reached(made);
  const [name = ""] = keyNames();
  tigris.controls.addKey(name, [{ bucket: "logs", role: "Editor" }]);
  await ann.until("the alert", () =>
    ann.screen(APPROVALS).some(({ text }) => text.includes("can't tell which key it made")),
  );
  expect(keyNames()).toEqual([name, name]);
});

describe.each<[string, Fault]>([
  ["Slack refuses it", { kind: "refuse", status: 200, body: { ok: false, error: "messages_tab_disabled" } }],
  ["Slack posts it, but its answer is lost", { kind: "lose", when: "after" }],
  ["Slack answers with a 500", { kind: "garble", when: "before", status: 500, body: "" }],
  [
    "Slack wants to be asked much later",
    { kind: "refuse", status: 429, headers: { "retry-after": "60" }, body: { ok: false, error: "ratelimited" } },
  ],
])("the secret can't be shown: %s", (_why, fault) => {
  test("its key is deleted, the requester told, and another one can be revealed", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    slack.faults.arm({ call: "chat.postEphemeral" }, fault);
    await pressReveal();
    await dana.until("the notice", () =>
      dana.screen().some(({ text }) => text.includes("was not shown for certain, so its key was deleted")),
    );
    expect(dana.screen().some(({ text }) => text.includes("If a secret did appear, it does not work"))).toBe(true);
    expect(keyNames()).toEqual([]);
    expect(slack.calls.filter(({ method }) => method === "chat.postEphemeral")).toHaveLength(1);
    await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("The secret could not be shown"));
    const shown = await reveal(dana, "ci");
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  });
});

test("a short 429 is waited for, once", async () => {
  const { dana, slack, clock } = world;
  await askForReadOnly(dana, "ci");
  const busy = slack.faults.arm(
    { call: "chat.postEphemeral" },
    { kind: "refuse", status: 429, headers: { "retry-after": "5" }, body: { ok: false, error: "ratelimited" } },
  );
  await pressReveal();
  await reached(busy);
  await passUntil("the secret", () => secretMessages(dana).length === 1, { clock, stepMs: SECOND });
  expect(slack.calls.filter(({ method }) => method === "chat.postEphemeral")).toHaveLength(2);
});

test("a deletion that keeps failing goes on, and is told after a quarter of an hour", async () => {
  const { dana, ann, slack, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "lose", when: "after" });
  tigris.faults.arm(
    { call: "DeleteAccessKey", times: 1_000 },
    { kind: "garble", when: "before", status: 500, body: "" },
  );
  await pressReveal();
  await dana.until("the card", () => card(dana, "ci")?.text.includes("its key is being deleted"));
  const alert = () => ann.screen(APPROVALS).find(({ text }) => text.includes("I can't delete the access key ci-"));
  for (let passed = 0; passed < 14; passed++) {
    clock.advance(MINUTE);
    expect(alert()).toBeUndefined();
  }
  await passUntil("the alert", () => alert() !== undefined, { clock, stepMs: MINUTE });
  expect(alert()?.text).toMatch(/ci-\w{8} \(tid_/);
  tigris.faults.clear();
  await passUntil("the key to be deleted", () => keyNames().length === 0, { clock, stepMs: MINUTE });
  await dana.until("Reveal again", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Reveal secret"));
});

test("who has lost the lease posts nothing, and deletes the key", async () => {
  await world.stop();
  world = await createWorld("socket");
  await askForReadOnly(world.dana, "ci");
  const made = world.tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "after" });
  await world.dana.press("Reveal secret", { in: world.dana.dm() });
  await reached(made);
  const other = await world.startBot();
  world.tigris.controls.emptyListing(true);
  await passUntil("the card", () => card(world.dana, "ci")?.text.includes("Making it was interrupted"), {
    clock: world.clock,
    stepMs: SECOND,
  });
  expect(keyNames()).toHaveLength(1);
  made.release();
  await until("the key to be deleted", () => keyNames().length === 0);
  expect(secretMessages(world.dana)).toEqual([]);
  await other.stop();
});

describe.each([
  ["the bot's own", () => OWN_KEY.accessKeyId],
  ["another key's", (other: string) => other],
])("Tigris answers with an id that is no new key's: %s", (_whose, idOf) => {
  test("nothing is shown, nothing deleted for it", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "other");
    const other = await reveal(dana, "other");
    await askForReadOnly(dana, "ci");
    const key = { AccessKeyId: idOf(other.accessKeyId), SecretAccessKey: "tsec_of_some_other_key_0000" };
    const body = JSON.stringify({ CreateAccessKeyResult: { AccessKey: key } });
    tigris.faults.arm({ call: CREATE }, { kind: "garble", when: "before", body });
    await pressReveal();
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("I don't know whether the key of ci was made")),
    );
    expect(secretMessages(dana)).toHaveLength(1);
    expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
    expect((await tigris.use(other.accessKeyId, other.secret)).ok).toBe(true);
  });
});
