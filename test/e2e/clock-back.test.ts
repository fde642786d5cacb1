import { DAY_MS, PERSON_RATE_LIMIT } from "../../src/domain/limits";
import { APPROVALS, GENERAL } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, approvalsCard, askForAdmin, askForReadOnly, card, keep, reveal } from "./play";

const HOUR = 3_600_000;
const SECOND = 1_000;

let world: World;
const overrides = {
  personRateLimit: { ...PERSON_RATE_LIMIT, limit: 20 },
  groupRateLimit: { atOnce: 3, everyMs: 5 * SECOND },
};
worldForEach({ mode: "socket", overrides }, (one) => {
  world = one;
});

const setBack = () => world.clock.set(world.clock.now() - HOUR);
const searches = () => world.tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId);

test("a clock that goes back by an hour: who was busy a minute ago may be busy again", async () => {
  const { eve, slack, clock } = world;
  const help = async (times: number) => {
    for (let sent = 0; sent < times; sent++) await eve.command("/tigris-key help", { in: GENERAL });
  };
  await help(15);
  setBack();
  clock.advance(PERSON_RATE_LIMIT.windowMs);
  await help(15);
  await until("all answers", () => answers(eve, GENERAL).length === 30, { seen: () => answers(eve, GENERAL) });
  expect(answers(eve, GENERAL).join()).not.toContain("That was a lot at once");
  expect(slack.calls.filter(({ params }) => params.user === "UEVE00001").length).toBeGreaterThanOrEqual(30);
});

test("a clock that goes back by an hour: groups are looked up as before", async () => {
  const { dana, ann, bob, clock } = world;
  const pass = (what: string, isOver: () => unknown) => passUntil(what, isOver, { clock, stepMs: SECOND });
  await askForAdmin(world, dana, "deploy");
  for (let tries = 1; tries <= 4; tries++) {
    await bob.command("/tigris-key list all", { in: GENERAL });
    await pass("the list", () => answers(bob, GENERAL).length === tries);
  }
  setBack();
  const from = clock.monotonicMs();
  await ann.press("Approve", { in: APPROVALS });
  await pass("the card", () => approvalsCard(world, "deploy")?.text.includes("Approved by @ann"));
  // Twelve looks a minute: nobody waits longer than that.
  expect(clock.monotonicMs() - from).toBeLessThan(60 * SECOND);
});

test("a clock that goes back by two days: a lost key is looked for at once, not in two days", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "lose", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  expect(searches()).toHaveLength(0);
  clock.set(clock.now() - 2 * DAY_MS);
  clock.advance(2 * SECOND);
  await until("the key to be deleted", () => tigris.keys().length === 1, { seen: searches });
});

test("a clock that goes back by an hour: a deletion that failed is tried again at once, not in an hour", async () => {
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  await keep(dana, "ci");
  tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "garble", when: "before", status: 500, body: "" });
  await dana.press("Delete key", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Tigris has not confirmed yet")));
  // The pause to the next try is five seconds from the moment of the hour that is to come again.
  setBack();
  clock.advance(2 * SECOND);
  await until("the key to be deleted", () => tigris.keys().length === 1, { seen: tigris.keys });
});

test("a clock that goes back between two keys of one request: it owns the newer one, which goes with it", async () => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  await reveal(dana, "ci");
  setBack();
  await dana.press("New secret", { in: dana.dm() });
  await until("the first key to go", () => tigris.keys().length === 2 && tigris.keys()[1]?.name.endsWith("-2"), {
    seen: tigris.keys,
  });
  await dana.until("the card", () => card(dana, "ci")?.text.includes(tigris.keys()[1]?.accessKeyId ?? "nothing"));
  expect(card(dana, "ci")?.text).toContain("🔑 Off · ");
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await until("the second key to go", () => tigris.keys().length === 1, { seen: tigris.keys });
});

test("a clock that goes back by an hour: readiness forgets what it heard as soon as ever", async () => {
  const { slack, clock } = world;
  const ready = async () => (await fetch(`http://127.0.0.1:${world.port}/readyz`)).status;
  slack.setChannel(APPROVALS, { isArchived: true });
  expect(await ready()).toBe(503);
  slack.setChannel(APPROVALS, { isArchived: false });
  setBack();
  clock.advance(16 * SECOND);
  expect(await ready()).toBe(200);
});
