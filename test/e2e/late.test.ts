import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, keep, rang, reveal, secretMessages, shownSecret, switchOn } from "./play";

const SECOND = 1_000;

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const made = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
const labels = () => card(world.dana, "ci")?.buttons.map(({ label }) => label) ?? [];
const logged = (event: string) => world.log.some((line) => line.includes(`"event":"${event}"`));
const deliveries = () => world.slack.calls.filter(({ method }) => method === "chat.postEphemeral").length;

test("a delivery that wakes up after its lease posts nothing: its key stays off, and another one takes its place", async () => {
  const { dana, slack, clock } = world;
  const refused = slack.faults.arm(
    { call: "chat.postEphemeral" },
    { kind: "refuse", status: 429, headers: { "retry-after": "9" }, body: { ok: false, error: "ratelimited" } },
  );
  await dana.press("Show my secret", { in: dana.dm() });
  await reached(refused);
  await until("the bot to wait as it was told", () => clock.isAwaited(9 * SECOND));
  // Both may write once the lease is over: here whoever takes over comes first, and the delivery wakes up after that.
  clock.advance(61 * SECOND, 9 * SECOND);
  await until(
    "the attempt to be taken over and closed",
    () => logged("attempt.taken_over") && logged("attempt.closed"),
  );
  expect([clock.isAwaited(9 * SECOND), answers(dana)]).toEqual([true, []]);
  await passUntil("the answer", () => answers(dana).some((text) => text.includes("took too long")), {
    seen: () => answers(dana),
    clock,
    stepMs: SECOND,
  });
  const isUnclear = () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of");
  await passUntil("the card", isUnclear, { clock, stepMs: SECOND });
  expect([deliveries(), secretMessages(dana)]).toEqual([1, []]);
  expect(labels()).toEqual(["New secret", "Delete key"]);
  const [lost] = made();
  expect(lost).toMatchObject({ bucketsRole: [] });
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the secret", () => shownSecret(dana));
  await dana.until("the card", () => labels().length === 3);
  await switchOn(dana, "ci");
  await passUntil("the first key to go", () => made().every(({ accessKeyId }) => accessKeyId !== lost?.accessKeyId), {
    clock,
    stepMs: SECOND,
  });
  expect(made().map(({ bucketsRole }) => bucketsRole)).toEqual([[{ bucket: "*", role: "ReadOnly" }]]);
});

test.each([
  ["whose answer arrives", false],
  ["whose answer is lost", true],
])("a rotation that takes effect after its lease, %s: the key says that its secret may not work", async (_, isLost) => {
  const { dana, tigris, clock } = world;
  await keep(dana, "ci");
  const late = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "before", isLost });
  await dana.press("New secret", { in: dana.dm() });
  await reached(late);
  const isUnknown = () => card(dana, "ci")?.text.includes("Nobody holds the secret of") ?? false;
  await passUntil("the card", isUnknown, { clock, stepMs: SECOND });
  await dana.until("the ring", () => rang(world, dana, "The old secret of ci has probably stopped working") === 1);

  const before = secretMessages(dana).length;
  await dana.press("New secret", { in: dana.dm() });
  const shown = await dana.until("the second", () => secretMessages(dana).length > before && shownSecret(dana));
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);

  late.release();
  await dana.until("the card", isUnknown);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
});

describe("a key whose secret Slack did not take goes", () => {
  const drops = () => world.tigris.calls.filter(({ action }) => action === "DeleteAccessKey");
  beforeEach(() => {
    const body = { ok: false, error: "is_archived" };
    world.slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "refuse", status: 200, body });
  });

  async function revealInVain(): Promise<void> {
    const { dana } = world;
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("could not be shown")));
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Its key was never on, and goes"));
    expect(labels()).toEqual(["Show my secret", "Cancel"]);
  }

  test("which Tigris does not know at first: it is deleted as soon as Tigris does", async () => {
    const { tigris, clock } = world;
    tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "refuse", status: 404, body: { Code: "NoSuchEntity" } });
    await revealInVain();
    await until("the first try", () => drops().length === 1);
    expect(made()).toMatchObject([{ bucketsRole: [] }]);
    await passUntil("the key to go", () => made().length === 0, { clock, stepMs: SECOND });
    expect(drops()).toHaveLength(2);
  });

  test("which no list shows yet: nothing is deleted unseen before it is ten minutes old", async () => {
    const { dana, tigris, clock } = world;
    const begunAt = clock.now();
    const frozen = tigris.controls.freezeListing();
    await revealInVain();
    const looks = () => tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && params.KeyId);
    await until("the look", () => looks().length > 0);
    await passUntil("nine minutes", () => clock.now() > begunAt + 9 * 60 * SECOND, { clock, stepMs: 10 * SECOND });
    expect([made().length, drops()]).toEqual([1, []]);
    frozen.release();
    await reveal(dana, "ci");
    await passUntil("the first key to go", () => made().length === 1, { clock, stepMs: 10 * SECOND });
    expect(drops()).toHaveLength(1);
  });
});
