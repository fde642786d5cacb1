import { PERSON_RATE_LIMIT } from "../../src/domain/limits";
import { APPROVALS, GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, ask, askForAdmin, askForReadOnly, card } from "./play";

let world: World;
afterEach(() => endWorld(world));

test("one person who does too much is told so each time, which costs no look, and others are served", async () => {
  world = await createWorld("socket", { overrides: { personRateLimit: PERSON_RATE_LIMIT } });
  const { eve, dana, slack, clock } = world;
  const told = () => answers(eve, GENERAL).filter((text) => text.includes("That was a lot at once")).length;
  for (let sent = 0; sent < PERSON_RATE_LIMIT.limit; sent++) await eve.command("/tigris-key help", { in: GENERAL });
  const help = await eve.until("the help", () =>
    eve
      .screen(GENERAL)
      .filter(({ buttons }) => buttons.length > 0)
      .at(59),
  );
  const looks = () =>
    slack.calls.filter(({ method, params }) => method === "users.info" && params.user === "UEVE00001");
  expect(looks()).toHaveLength(PERSON_RATE_LIMIT.limit);
  expect(told()).toBe(0);
  const calls = slack.calls.length;
  for (let sent = 1; sent <= 10; sent++) {
    await eve.command("/tigris-key help", { in: GENERAL });
    await eve.until("the reason, for a command", () => told() === 2 * sent - 1);
    await eve.press("List my keys", { in: GENERAL, message: ({ ts }) => ts === help.ts });
    await eve.until("the reason, for a click", () => told() === 2 * sent);
  }
  expect(slack.calls).toHaveLength(calls);
  expect(eve.toasts()).toEqual([]);
  expect(world.log.filter((line) => line.includes('"code":"rate_limited"'))).toHaveLength(1);
  await askForReadOnly(dana, "ci");
  clock.advance(PERSON_RATE_LIMIT.windowMs);
  const before = looks().length;
  await eve.command("/tigris-key help", { in: GENERAL });
  await until("the look at who asks", () => looks().length === before + 1);
});

test("approvers are asked about ten requests of one person in an hour, however many of them are cancelled", async () => {
  world = await createWorld("socket");
  const { dana, ann } = world;
  for (let number = 1; number <= 10; number++) {
    await askForAdmin(world, dana, `deploy-${number}x`);
    await dana.press("Cancel request", { in: dana.dm() });
    await dana.until("the card", () => card(dana, `deploy-${number}x`)?.text.includes("You cancelled"));
  }
  await ask(dana, "deploy-11x", { Permission: "Admin", Reason: "Nightly backups of the build server" });
  await dana.until("the refusal", () => dana.modal()?.text.includes("10 approvals within an hour"));
  expect(ann.screen(APPROVALS).filter(({ threadTs }) => !threadTs)).toHaveLength(10);
});

test("a bot that was away for hours, or an old copy of its database: nothing is deleted, people are told", async () => {
  world = await createWorld("socket");
  const { dana, ann, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  const held = tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "hold", when: "after" });
  await dana.press("Reveal secret", { in: dana.dm() });
  await reached(held);
  clock.advance(2 * 3_600_000);
  await ann.until("the alert", () => ann.screen(APPROVALS).some(({ text }) => text.includes("so I deleted nothing")));
  expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
  expect(tigris.keys()).toHaveLength(2);
  held.release();
  // Whoever made it comes back after all: the lease is lost, so this key is deleted by the one who knows its id.
  await until("the key to be deleted", () => tigris.keys().length === 1);
});
