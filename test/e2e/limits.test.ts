import type { FaultHandle } from "../../sandbox/faults";
import { PERSON_RATE_LIMIT, ROUND_MS } from "../../src/domain/limits";
import { APPROVALS, GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, ask, askForAdmin, askForReadOnly, card, keep } from "./play";

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
    await dana.until("the card", () => card(dana, `deploy-${number}x`)?.text.includes("Canceled by you"));
  }
  await ask(dana, "deploy-11x", { Permission: "Admin", Reason: "Nightly backups of the build server" });
  await dana.until("the refusal", () => dana.modal()?.text.includes("10 approvals within an hour"));
  expect(ann.screen(APPROVALS).filter(({ threadTs }) => !threadTs)).toHaveLength(10);
});

describe("a bot that was away for hours, or an old copy of its database", () => {
  const HOUR = 3_600_000;
  const keys = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
  const isTold = () => world.ann.screen(APPROVALS).some(({ text }) => text.includes("so I deleted none"));
  let held: FaultHandle;

  /** A key is made, and whoever made it hears of it hours later. */
  beforeEach(async () => {
    world = await createWorld("socket");
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    held = tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "hold", when: "after" });
    await dana.press("Show my secret", { in: dana.dm() });
    await reached(held);
  });

  test("what it left behind opens nothing, and goes once its name is found; the request can be used again", async () => {
    const { dana, clock } = world;
    expect(keys()).toMatchObject([{ bucketsRole: [] }]);
    clock.advance(2 * HOUR);
    await passUntil("the key to go", () => keys().length === 0, { clock, stepMs: ROUND_MS });
    expect(isTold()).toBe(false);
    held.release();
    // The click is too old to be answered beside it by then.
    await dana.until("the answer", () =>
      dana.screen().some(({ text }) => text.includes("Tigris gave no clear answer")),
    );
    await dana.until("the button", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Show my secret"));
    await keep(dana, "ci");
    expect(keys()).toHaveLength(1);
  });

  test("what somebody gave power meanwhile stays, and people are told", async () => {
    const { ann, clock, tigris } = world;
    const [made] = keys();
    tigris.controls.setKeyRoles(made?.accessKeyId ?? "", [{ bucket: "logs", role: "Editor" }]);
    clock.advance(2 * HOUR);
    const isRaised = () =>
      isTold() || ann.screen(APPROVALS).some(({ text }) => text.includes("so I did not delete it"));
    await passUntil("the alert", isRaised, { clock, stepMs: ROUND_MS });
    expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
    expect(keys()).toMatchObject([{ bucketsRole: [{ bucket: "logs", role: "Editor" }] }]);
    held.release();
  });
});
