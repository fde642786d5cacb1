import { answers, askForReadOnly, card, keep, secretMessages, shownSecret } from "../../e2e/play";
import { reached } from "../../kit/stand-ins";
import { createWorld, deliverTo } from "../../kit/world";
import { PATIENCE_MS, PATIENT, startProcess } from "../kit/process";
import { type Crash, endCrash, freeze, pressReveal, secretOn } from "./crash";
import { expectGivenBack } from "./interrupted";
import { CREATE, DELETE, holdAt, POST, type Point, ROTATE } from "./points";
import { expectNothingLeft, keysInTigris, nothingHangs, passLeases } from "./recover";

jest.setTimeout(PATIENCE_MS);

let crash: Crash;

/** Two bots on one database: one in a process that gets all payloads, and one that goes on when that process is frozen. */
beforeEach(async () => {
  const world = await createWorld("http");
  crash = { world, mode: "http", bot: await startProcess(world, "http") };
  await askForReadOnly(world.dana, "ci");
});
afterEach(() => endCrash(crash));

/** Freezes the process at a point until the other bot has put right what it left, and has all payloads. */
async function freezeAt(point: Point, act: () => Promise<void>) {
  const held = await holdAt(crash, point, act);
  await freezeOverHttp();
  return held;
}

async function freezeOverHttp(): Promise<void> {
  const { world } = crash;
  await freeze(crash);
  deliverTo(world, world.port);
  passLeases(world);
  await nothingHangs(world);
}

const posts = () => crash.world.slack.calls.filter(({ method }) => method === POST.call).length;

test.each(["before", "after"] as const)("frozen while Tigris holds the new key, %s it is made", async (when) => {
  const held = await freezeAt({ ...CREATE, when }, () => pressReveal(crash));
  expect(keysInTigris(crash.world)).toEqual([]);
  crash.bot.signal("SIGCONT");
  held.release();
  await crash.world.dana.until("the answer", () => answers(crash.world.dana).length > 0);
  expect(posts()).toBe(0);
  await expectGivenBack(crash.world);
});

test("frozen while Tigris holds a key that its list does not show yet: who made it deletes it", async () => {
  const { world, bot } = crash;
  world.tigris.controls.emptyListing(true);
  const held = await freezeAt({ ...CREATE, when: "after" }, () => pressReveal(crash));
  expect(keysInTigris(world)).toHaveLength(1);
  const lost = bot.line("attempt.lease_lost");
  bot.signal("SIGCONT");
  held.release();
  await lost;
  expect(keysInTigris(world)).toEqual([]);
  expect(posts()).toBe(0);
  world.tigris.controls.emptyListing(false);
  await expectGivenBack(world);
});

test.each(["before", "after"] as const)("frozen while Slack holds the secret, %s it is shown", async (when) => {
  const { dana } = crash.world;
  const held = await freezeAt({ ...POST, when }, () => pressReveal(crash));
  expect(keysInTigris(crash.world)).toEqual([]);
  crash.bot.signal("SIGCONT");
  held.release();
  await secretOn(dana);
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("deleted")));
  await expectGivenBack(crash.world);
});

test("frozen before the secret is posted: it is not, since the lease is over", async () => {
  const { slack } = crash.world;
  const refused = slack.faults.arm(
    { call: POST.call },
    { kind: "refuse", status: 429, headers: { "retry-after": "5" }, body: { ok: false, error: "ratelimited" } },
  );
  await pressReveal(crash);
  await reached(refused, PATIENT);
  const moved = crash.bot.line("clock.moved");
  crash.bot.signal("SIGUSR2");
  await moved;
  await freezeOverHttp();
  crash.bot.signal("SIGCONT");
  const { dana } = crash.world;
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("could not be shown")));
  expect(posts()).toBe(1);
  expect(secretMessages(dana)).toEqual([]);
  await expectGivenBack(crash.world);
});

describe("with a key", () => {
  let accessKeyId: string;
  beforeEach(async () => {
    ({ accessKeyId } = await keep(crash.world.dana, "ci"));
  });

  test("frozen while Tigris holds a new secret, which then stops the one that was made meanwhile", async () => {
    const { world, bot } = crash;
    const { dana, tigris } = world;
    const renew = () => dana.press("New secret", { in: dana.dm() });
    const isUnknown = () => card(dana, "ci")?.text.includes("nobody holds the new one");
    const held = await freezeAt({ ...ROTATE, when: "before" }, renew);
    await dana.until("the card", isUnknown);
    await renew();
    const meanwhile = await dana.until("the secret", () => shownSecret(dana));
    await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
    bot.signal("SIGCONT");
    held.release();
    await dana.until("the card", isUnknown);
    expect(secretMessages(dana)).toHaveLength(1);
    expect((await tigris.use(accessKeyId, meanwhile.secret)).ok).toBe(false);
    await expectNothingLeft(world);
  });

  test.each(["before", "after"] as const)("frozen while Tigris holds a deletion, %s it takes effect", async (when) => {
    const { world, bot } = crash;
    const { dana } = world;
    const held = await freezeAt({ ...DELETE, when }, () => dana.press("Delete key", { in: dana.dm() }));
    expect(keysInTigris(world)).toEqual([]);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
    bot.signal("SIGCONT");
    held.release();
    await dana.until("the answer", () => dana.screen().some(({ text }) => text.includes("You deleted ci")));
    await expectNothingLeft(world);
    expect(card(dana, "ci")?.text).toContain("was deleted by @dana");
  });
});
