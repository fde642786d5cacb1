import { answers, askForReadOnly, card, reveal } from "../../e2e/play";
import { passUntil } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";

const CREATE = "CreateAccessKeyWithBucketsRole";

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 1_000 } } }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const live = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
const pressReveal = () => world.dana.press("Reveal secret", { in: world.dana.dm() });
const calls = (name: string) => world.tigris.calls.filter(({ action }) => action === name).length;

test("a listing that lags: the lost key is found by a later search, and the newer one stays", async () => {
  const { dana, tigris, clock } = world;
  const frozen = tigris.controls.freezeListing();
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can reveal again"));
  const shown = await reveal(dana, "ci");
  expect(live()).toHaveLength(2);
  frozen.release();
  await passUntil("the late key to be deleted", () => live().length === 1, { clock, stepMs: 1_000 });
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});

test("a listing that breaks off: nothing is concluded from a part of it", async () => {
  const { dana, tigris, clock } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  tigris.faults.arm(
    { call: "ListAccessKeys", times: 3 },
    { kind: "garble", when: "after", body: '{"IsTruncated":true,"Keys":[]' },
  );
  await pressReveal();
  await dana.until("what is known", () =>
    answers(dana).some((text) => text.includes("I don't know whether the key of ci was made")),
  );
  expect(live()).toHaveLength(1);
  await passUntil("the key to be deleted", () => live().length === 0, { clock, stepMs: 1_000 });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can reveal again"));
});

test("Tigris refuses every listing: people are told after half an hour, and the request goes on", async () => {
  const { dana, ann, tigris, clock } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  tigris.faults.arm(
    { call: "ListAccessKeys", times: 1_000 },
    { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
  );
  await pressReveal();
  const isTold = () => ann.screen("CAPPROVE1").some(({ text }) => text.includes("Tigris lists no keys for me"));
  await passUntil("what people are told", isTold, { clock, stepMs: 5_000 });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can reveal again"));
  tigris.faults.clear();
  await passUntil("the key to be deleted", () => live().length === 0, { clock, stepMs: 5_000 });
});

test("Tigris is not there at all: nothing hangs, nothing is asked in a storm", async () => {
  const { dana, tigris } = world;
  await tigris.stop();
  await pressReveal();
  await dana.until("what is known", () => answers(dana).some((text) => text.includes("Tigris gave no clear answer")));
  await dana.until("the card", () => card(dana, "ci")?.text.includes("I'm looking whether a key was made"));
  expect(calls(CREATE)).toBe(0);
});

test.each([400, 409])("a %i with a code: nothing is made, nothing is searched for", async (status) => {
  const { dana, tigris } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "refuse", status, body: { Code: "InvalidArgument", Message: "no" } });
  await pressReveal();
  await dana.until("the refusal", () =>
    answers(dana).some((text) => text.includes("Tigris refused to make ci (InvalidArgument)")),
  );
  expect(tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId)).toEqual([]);
});

test("no call that makes or rotates a key is ever made twice", async () => {
  const { dana, tigris } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "garble", when: "before", status: 503, body: '{"Code":"SlowDown"}' });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can reveal again"));
  expect(calls(CREATE)).toBe(1);
  await reveal(dana, "ci");
  await dana.until("the key's card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "garble", when: "before", status: 500, body: "" });
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("nobody holds the new one"));
  expect(calls("RotateAccessKey")).toBe(1);
});
