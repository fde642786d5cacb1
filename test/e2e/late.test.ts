import type { ShownMessage } from "../../sandbox/slack";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, reveal, secretMessages, shownSecret } from "./play";

const SECOND = 1_000;

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const deliveries = () => world.slack.calls.filter(({ method }) => method === "chat.postEphemeral").length;

test("a delivery that wakes up after its lease posts nothing: its key is gone", async () => {
  const { dana, slack, tigris, clock } = world;
  const refused = slack.faults.arm(
    { call: "chat.postEphemeral" },
    { kind: "refuse", status: 429, headers: { "retry-after": "9" }, body: { ok: false, error: "ratelimited" } },
  );
  await dana.press("Reveal secret", { in: dana.dm() });
  await reached(refused);
  clock.advance(61 * SECOND);
  await passUntil("the answer", () => answers(dana).some((text) => text.includes("its key is being deleted")), {
    seen: () => answers(dana),
    clock,
    stepMs: SECOND,
  });
  await until("the key to be deleted", () => tigris.keys().length === 1);
  expect(deliveries()).toBe(1);
  expect(secretMessages(dana)).toEqual([]);
});

test.each([
  ["whose answer arrives", false],
  ["whose answer is lost", true],
])("a rotation that takes effect after its lease, %s: the key says that its secret may not work", async (_, isLost) => {
  const { dana, tigris, clock } = world;
  await reveal(dana, "ci");
  await dana.until("the key's card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
  const late = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "before", isLost });
  await dana.press("New secret", { in: dana.dm() });
  await reached(late);
  const isUnknown = () => card(dana, "ci")?.text.includes("nobody holds the new one") ?? false;
  await passUntil("the card", isUnknown, { clock, stepMs: SECOND });
  const notice = ({ text, isEphemeral }: ShownMessage) => !isEphemeral && text.startsWith("The old secret of ci has");
  await dana.until("the notice", () => dana.screen().some(notice));

  const before = secretMessages(dana).length;
  await dana.press("New secret", { in: dana.dm() });
  const shown = await dana.until("the second", () => secretMessages(dana).length > before && shownSecret(dana));
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);

  late.release();
  await dana.until("the card", isUnknown);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
});

test("a key that was not delivered, and that Tigris does not know at first: it is deleted as soon as Tigris does", async () => {
  const { dana, slack, tigris, clock } = world;
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "lose", when: "after" });
  const unknown = { kind: "refuse", status: 404, body: { Code: "NoSuchEntity" } } as const;
  tigris.faults.arm({ call: "DeleteAccessKey" }, unknown);
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("its key is being deleted")));
  expect(tigris.keys()).toHaveLength(2);
  await passUntil("the card", () => card(dana, "ci")?.text.includes("Its key was deleted"), { clock, stepMs: SECOND });
  expect(tigris.keys()).toHaveLength(1);
});
