import { askForReadOnly, keep, reveal, SWITCH_ON } from "../../e2e/play";
import { until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { CREATE, DELETE, LIST, ofAllKeys, playOf, SET_ROLES, TIMEOUTS } from "./tigris-answers";

jest.setTimeout(PATIENCE_MS);

let world: World;
worldForEach({ mode: "socket", overrides: TIMEOUTS }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const { calls, live, says, cardSays, works, press, pressBelow, pass, passMinutes } = playOf(() => world);
const LOST = "If a key was made for ci, it opens nothing, and I delete it";

/** The answer to a key's making is lost, and the key is there. */
async function loseKey(): Promise<void> {
  const { dana, tigris } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  await press("Show my secret");
  await dana.until("what is known", says(LOST));
  await dana.until("the card", cardSays("You can press Show my secret again"));
  expect(live()).toHaveLength(1);
}

test("a listing that lags: the lost key is found by a later search, and the newer one stays", async () => {
  const { dana, tigris } = world;
  const frozen = tigris.controls.freezeListing();
  await loseKey();
  const shown = await keep(dana, "ci");
  await pass("a search in vain", () => calls(LIST, ofAllKeys) > 0);
  expect(live()).toHaveLength(2);
  frozen.release();
  await pass("the lost key to be deleted", () => live().length === 1);
  expect(await works(shown)).toBe(true);
});

test("a listing that breaks off: nothing is concluded from a part of it", async () => {
  const { tigris } = world;
  const broken = { kind: "garble", when: "after", body: '{"IsTruncated":true,"Keys":[]' } as const;
  tigris.faults.arm({ call: LIST, times: 1_000, match: ofAllKeys }, broken);
  await loseKey();
  await passMinutes(20);
  expect(calls(LIST, ofAllKeys)).toBeGreaterThanOrEqual(2);
  expect([calls(DELETE), live().length]).toEqual([0, 1]);
  tigris.faults.clear();
  await pass("the key to be deleted", () => live().length === 0);
});

test("Tigris refuses every listing: nobody waits for it, nothing is deleted, and the key goes once it lists again", async () => {
  const { dana, tigris } = world;
  const refused = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
  tigris.faults.arm({ call: LIST, times: 1_000 }, refused);
  await loseKey();
  const shown = await keep(dana, "ci");
  expect(await works(shown)).toBe(true);
  await passMinutes(20);
  expect([calls(DELETE), live().length]).toEqual([0, 2]);
  tigris.faults.clear();
  await pass("the lost key to be deleted", () => live().length === 1);
  expect(await works(shown)).toBe(true);
});

test("Tigris refuses every look at a key that is to go: it is kept, and people are told after a quarter of an hour", async () => {
  const { dana, ann, tigris, clock } = world;
  await reveal(dana, "ci");
  const refused = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
  tigris.faults.arm({ call: "ListUserPolicies", times: 1_000 }, refused);
  const startedAt = clock.now();
  await press("New secret");
  await dana.until("the next key", () => live().length === 2);
  const isTold = () => ann.screen("CAPPROVE1").some(({ text }) => text.includes("I can't delete the access key ci-"));
  await pass("what people are told", isTold);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(900_000);
  expect(calls(DELETE)).toBe(0);
  tigris.faults.clear();
  await pass("the key to be deleted", () => live().length === 1);
});

test("Tigris is not there at all: nothing hangs, nothing is asked in a storm", async () => {
  const { dana, tigris } = world;
  await tigris.stop();
  await press("Show my secret");
  await dana.until("what is known", says("Tigris gave no clear answer"));
  await dana.until("the card", cardSays("You can press Show my secret again"));
  expect(calls(CREATE)).toBe(0);
});

test.each([400, 409])("a %i with a code: nothing is made, nothing is searched for", async (status) => {
  const { dana, tigris, log } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "refuse", status, body: { Code: "InvalidArgument", Message: "no" } });
  await press("Show my secret");
  await dana.until("the refusal", says("Tigris refused to make ci. Your request is kept"));
  // What only whoever runs the bot understands is in the log alone.
  expect(log.some((line) => line.includes("InvalidArgument"))).toBe(true);
  expect(dana.screen().some(({ text }) => text.includes("InvalidArgument"))).toBe(false);
  await passMinutes(20);
  expect(calls(LIST, ofAllKeys)).toBe(0);
});

test("no call that makes or rotates a key is ever made twice, and what sets its roles by a click only", async () => {
  const { dana, tigris } = world;
  const garbled = { kind: "garble", when: "before", status: 503, body: '{"Code":"SlowDown"}' } as const;
  tigris.faults.arm({ call: CREATE }, garbled);
  await press("Show my secret");
  await dana.until("the card", cardSays("You can press Show my secret again"));
  await passMinutes(20);
  expect(calls(CREATE)).toBe(1);
  await reveal(dana, "ci");
  expect(calls(CREATE)).toBe(2);
  tigris.faults.arm({ call: SET_ROLES, times: 2 }, garbled);
  await pressBelow(SWITCH_ON);
  await dana.until("the card", cardSays("Tigris has not said whether it is on"));
  await passMinutes(20);
  expect(calls(SET_ROLES)).toBe(1);
  await press(SWITCH_ON);
  await until("the second call", () => calls(SET_ROLES) === 2);
  await press(SWITCH_ON);
  await dana.until("the card", cardSays("🔑 On · "));
  expect(calls(SET_ROLES)).toBe(3);
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "garble", when: "before", status: 500, body: "" });
  await press("New secret");
  await dana.until("the card", cardSays("Nobody holds the secret of"));
  await passMinutes(20);
  expect([calls("RotateAccessKey"), calls(CREATE), calls(DELETE)]).toEqual([1, 2, 0]);
});

test("Tigris doesn't take all buckets: the key goes, the request ends, and it says what to choose", async () => {
  const { dana, tigris } = world;
  tigris.controls.behave({ refuseAllBuckets: "InvalidArgument" });
  await reveal(dana, "ci");
  await pressBelow(SWITCH_ON);
  await dana.until("the card", cardSays("Ask again, and choose buckets"));
  await pass("the key to be deleted", () => live().length === 0);
  expect(calls(SET_ROLES)).toBe(1);
});
