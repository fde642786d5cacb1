import type { Fault } from "../../sandbox/faults";
import { APPROVALS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, ask, askForReadOnly, card, rang, reveal, type ShownSecret, SWITCH_ON, secretMessages } from "./play";

const SET = "UpdateAccessKeyWithBucketsRole";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 2_000 } } }, (one) => {
  world = one;
});

const labels = () => card(world.dana, "ci")?.buttons.map(({ label }) => label);
const sets = () => world.tigris.calls.filter(({ action }) => action === SET).length;
const may = async ({ accessKeyId, secret }: ShownSecret) => (await world.tigris.use(accessKeyId, secret)).may;
const isCardSaying = (words: string) => () => card(world.dana, "ci")?.text.includes(words);
const saysOn = isCardSaying("🔑 On · ");
const isAnswered = (words: string) => () => answers(world.dana).some((text) => text.includes(words));

async function pressOn(where: "secret" | "card"): Promise<void> {
  const { dana } = world;
  const ts = where === "secret" ? secretMessages(dana).at(-1)?.ts : card(dana, "ci")?.ts;
  await dana.press(SWITCH_ON, { in: dana.dm(), message: ts ?? "" });
}

/** A key of Dana's that is off. */
async function offKey(): Promise<ShownSecret> {
  await askForReadOnly(world.dana, "ci");
  return reveal(world.dana, "ci");
}

/** The same, and a press to switch it on that got no answer and had no effect. */
async function unansweredKey(): Promise<ShownSecret> {
  const shown = await offKey();
  world.tigris.faults.arm({ call: SET }, { kind: "lose", when: "before" });
  await pressOn("secret");
  await world.dana.until("the answer", isAnswered("Tigris has not said whether ci is on"));
  await world.dana.until("the card", isCardSaying("has not said whether it is on"));
  return shown;
}

test.each(["secret", "card"] as const)(
  "the button on the %s switches a key on, which opened nothing before",
  async (at) => {
    const { dana } = world;
    const shown = await offKey();
    expect(await may(shown)).toEqual(["list buckets"]);
    expect(labels()).toEqual([SWITCH_ON, "New secret", "Delete key"]);
    await pressOn(at);
    await dana.until("the answer", isAnswered("ci is on. Tigris may need a minute."));
    await dana.until("the card", saysOn);
    expect(labels()).toEqual(["New secret", "Rotate", "Change access", "Pause", "Delete key"]);
    expect(card(dana, "ci")?.text).toContain("secret saved");
    // Below the secret, the answer takes its place.
    expect(secretMessages(dana)).toHaveLength(at === "secret" ? 0 : 1);
    expect(await may(shown)).toEqual(["list buckets", "read builds", "read logs", "read media-archive", "list keys"]);
    expect(sets()).toBe(1);
  },
);

test("Tigris refuses: the key stays off, its approval can be used again, and another press switches it on", async () => {
  const { dana, tigris, clock } = world;
  const shown = await offKey();
  const ends = card(dana, "ci")?.text.match(/deleted (.*) if it is still off/)?.[1];
  clock.advance(MINUTE);
  tigris.faults.arm({ call: SET }, { kind: "refuse", status: 403, body: { Code: "AccessDenied" } });
  await pressOn("secret");
  await dana.until(
    "the refusal",
    isAnswered(
      "Tigris refused to switch ci on, since it doesn't allow me to. It stays off. Press I've saved it: switch on again",
    ),
  );
  await dana.until("the card", isCardSaying("Tigris refused to switch it on"));
  expect(labels()).toEqual([SWITCH_ON, "New secret", "Delete key"]);
  expect(card(dana, "ci")?.text).toContain(`deleted ${ends} if it is still off`);
  expect(secretMessages(dana)).toHaveLength(1);
  expect(await may(shown)).toEqual(["list buckets"]);
  await pressOn("secret");
  await dana.until("the card", saysOn);
  expect(await may(shown)).toContain("read logs");
});

test("a bucket that is gone by then: Tigris refuses, and the key is on once the bucket is there again", async () => {
  const { dana, tigris } = world;
  await ask(dana, "ci", { Buckets: ["builds"] });
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", () => labels()?.includes("Show my secret"));
  const shown = await reveal(dana, "ci");
  tigris.controls.setBuckets(["logs"]);
  await pressOn("card");
  await dana.until("the refusal", isAnswered("Tigris refused to switch ci on"));
  await dana.until("the card", isCardSaying("Tigris refused to switch it on"));
  expect(await may(shown)).toEqual(["list buckets"]);
  tigris.controls.setBuckets(["builds", "logs"]);
  await pressOn("card");
  await dana.until("the card", saysOn);
  expect(await may(shown)).toContain("read builds");
});

test.each<[string, Fault]>([
  ["the connection is reset", { kind: "lose", when: "after" }],
  ["it is a 500", { kind: "garble", when: "after", status: 500, body: "oops" }],
  ["it comes too late", { kind: "hold", when: "after" }],
])("the answer is lost and the list shows the roles (%s): the key is on", async (_why, fault) => {
  const { dana, tigris } = world;
  const shown = await offKey();
  tigris.faults.arm({ call: SET }, fault);
  await pressOn("secret");
  await dana.until("the card", saysOn);
  expect(sets()).toBe(1);
  expect(await may(shown)).toContain("read logs");
});

test.each(["secret", "card"] as const)(
  "the answer is lost and the list shows no roles: another press, on the %s, sets them again, and nothing else is needed",
  async (at) => {
    const { dana } = world;
    const shown = await unansweredKey();
    expect(secretMessages(dana)).toHaveLength(1);
    expect(labels()).toEqual([SWITCH_ON, "Pause", "Delete key"]);
    expect(await may(shown)).toEqual(["list buckets"]);
    await pressOn(at);
    await dana.until("the card", saysOn);
    expect(sets()).toBe(2);
    expect(await may(shown)).toContain("read logs");
  },
);

test("after a lost answer, a refusal does not say that there is no power: the key is not taken for one that is off", async () => {
  const { dana, tigris } = world;
  await unansweredKey();
  tigris.faults.arm({ call: SET }, { kind: "refuse", status: 403, body: { Code: "AccessDenied" } });
  const before = answers(dana).length;
  await pressOn("card");
  await dana.until("the answer", () => answers(dana).length > before);
  expect(answers(dana).at(-1)).toContain("Tigris has not said whether ci is on");
  expect(card(dana, "ci")?.text).toContain("has not said whether it is on");
  await pressOn("card");
  await dana.until("the card", saysOn);
});

test.each([
  ["the roles are set a minute late", () => world.tigris.faults.arm({ call: SET }, { kind: "late", ms: MINUTE })],
  [
    "the list lags by forty seconds",
    () => {
      world.tigris.controls.lagListing(40 * SECOND);
      world.tigris.faults.arm({ call: SET }, { kind: "lose", when: "after" });
    },
  ],
])("the answer is lost, and %s: the list tells in time, and nobody has to press", async (_what, arm) => {
  const { dana, clock } = world;
  const shown = await offKey();
  clock.advance(MINUTE);
  arm();
  await pressOn("secret");
  await dana.until("the answer", isAnswered("Tigris has not said whether ci is on"));
  await passUntil("the card", saysOn, { clock, stepMs: 10 * SECOND });
  expect(sets()).toBe(1);
  expect(await may(shown)).toContain("read logs");
});

test("time over while nobody can say: the key is paused and raised, never deleted, and what comes late opens nothing", async () => {
  const { dana, ann, tigris, clock } = world;
  const shown = await offKey();
  tigris.faults.arm({ call: SET }, { kind: "late", ms: 30 * HOUR });
  await pressOn("secret");
  await dana.until("the card", isCardSaying("has not said whether it is on"));
  clock.advance(24 * HOUR);
  // The last look at the list comes first; who came before it looks again when the lease is over. A step is shorter than a lease,
  // so that none runs out under who works.
  await passUntil("the pause", isCardSaying("Paused by me"), { clock, stepMs: 10 * SECOND });
  await dana.until("the ring", () => rang(world, dana, "Tigris never said whether ci") === 1);
  const told = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("never said whether the access key"));
  await ann.until("the alert", () => told().length === 1);
  expect(told()[0]?.text).toContain(shown.accessKeyId);
  await until("the key to be inactive", () => tigris.keys()[1]?.status === "inactive", { seen: tigris.keys });
  clock.advance(6 * HOUR);
  expect(await may(shown)).toEqual([]);
  await until("the roles", () => tigris.keys()[1]?.bucketsRole.length === 1, { seen: tigris.keys });
  expect(labels()).toEqual(["New secret", "Delete key", "Pause"]);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
});

test("Pause and Delete work while a key is being switched on; no press gives power to what is paused", async () => {
  const { dana, tigris } = world;
  const shown = await unansweredKey();
  await dana.press("Pause", { in: dana.dm(), message: card(dana, "ci")?.ts ?? "" });
  await dana.until("the answer", isAnswered("You paused ci"));
  await dana.press(SWITCH_ON, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
  await dana.until("the refusal", isAnswered("ci is paused, so it stays as it is"));
  expect(sets()).toBe(1);
  expect(await may(shown)).toEqual([]);
  await dana.until("the card", () => labels()?.includes("Resume"));
  await dana.press("Delete key", { in: dana.dm(), message: card(dana, "ci")?.ts ?? "" });
  await dana.until("the answer", isAnswered("You deleted ci"));
  expect(tigris.keys()).toHaveLength(1);
});

test("Tigris refuses all buckets: the request ends, the key goes, and the form offers it no more until the next start", async () => {
  const { dana, tigris } = world;
  await offKey();
  tigris.controls.behave({ refuseAllBuckets: "InvalidArgument" });
  await pressOn("secret");
  await dana.until(
    "the refusal",
    isAnswered("Tigris doesn't take all buckets for this permission, so ci stays off and goes"),
  );
  await dana.until("the card", isCardSaying("Ask again, and choose buckets"));
  expect(labels()).toEqual(["Ask again"]);
  // What a secret opens that never will is nothing to keep.
  expect(secretMessages(dana)).toEqual([]);
  await until("the key to go", () => tigris.keys().length === 1, { seen: tigris.keys });
  const isOffered = async () => {
    await dana.command("/tigris-key create other");
    const form = await dana.until("the form", () => dana.modal()?.fields["Key name"] && dana.modal());
    await dana.close();
    return form.fields["Bucket access"] !== undefined;
  };
  expect(await isOffered()).toBe(false);
  await dana.press("Ask again", { in: dana.dm() });
  const again = await dana.until("the form", () => dana.modal()?.fields["Key name"] && dana.modal());
  expect(again.fields["Bucket access"]).toBeUndefined();
  expect(again.fields.Buckets).toBeDefined();
  await dana.close();
  await world.restartBot();
  expect(await isOffered()).toBe(true);
});
