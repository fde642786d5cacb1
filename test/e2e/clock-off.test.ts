import { createHmac } from "node:crypto";
import { APP, GENERAL } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type Mode, type World } from "../kit/world";
import { answers, askForReadOnly, card, keep, reveal } from "./play";

const MINUTE = 60_000;

let world: World;
afterEach(() => endWorld(world));

/** A bot whose clock is so far ahead of Slack's and Tigris's; behind where it is negative. */
async function startAhead(mode: Mode, minutes: number): Promise<void> {
  world = await createWorld(mode, {
    withoutBot: true,
    overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 1_000 } },
  });
  world.slack.setClockAhead(-minutes * MINUTE);
  world.tigris.controls.setClockAhead(-minutes * MINUTE);
  world.port = (await world.startBot()).port;
}

test.each<[Mode, number]>([
  ["http", 20],
  ["http", -20],
  ["socket", 20],
  ["socket", -20],
])(
  "over %s, a clock %d minutes ahead: what people do is taken, and the first Reveal makes a key that can be switched on",
  async (mode, ahead) => {
    await startAhead(mode, ahead);
    await askForReadOnly(world.dana, "ci");
    const { accessKeyId, secret } = await keep(world.dana, "ci");
    expect((await world.tigris.use(accessKeyId, secret)).may).toContain("read logs");
    expect(world.log.filter((line) => line.includes('"clock.differs"'))).toHaveLength(2);
  },
);

test.each([20, -20])("a clock %d minutes ahead: a lost key is recognised and deleted", async (ahead) => {
  await startAhead("socket", ahead);
  const { dana, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "lose", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  expect(tigris.keys()).toHaveLength(2);
  await passUntil("the key to be deleted", () => tigris.keys().length === 1, { clock, stepMs: MINUTE });
});

describe("the window of Slack's signatures", () => {
  const stampOf = (at: number) => String(Math.floor(at / 1_000));
  const slackNow = () => world.clock.now() - 20 * MINUTE;
  const post = async (stampS: string) => {
    const body = new URLSearchParams({ command: "/other", user_id: "UEVE00001" }).toString();
    const digest = createHmac("sha256", APP.signingSecret).update(`v0:${stampS}:${body}`).digest("hex");
    const headers = { "x-slack-request-timestamp": stampS, "x-slack-signature": `v0=${digest}` };
    return (await world.slack.postRaw(body, headers)).status;
  };

  test("is shifted by Slack's own time, and never wider than five minutes to either side of it", async () => {
    await startAhead("http", 20);
    for (const [secondsAgo, isTaken] of [
      [0, true],
      [290, true],
      [-290, true],
      [310, false],
      [-310, false],
      // By this machine's clock it is fresh, and by Slack's it comes from the future.
      [-20 * 60, false],
    ] as const)
      expect([secondsAgo, (await post(stampOf(slackNow() - secondsAgo * 1_000))) !== 401]).toEqual([
        secondsAgo,
        isTaken,
      ]);
  });

  test("is this machine's again where Slack is more than a day away", async () => {
    await startAhead("http", 25 * 60);
    expect(await post(stampOf(world.clock.now()))).not.toBe(401);
    expect(await post(stampOf(world.clock.now() - 25 * 60 * MINUTE))).toBe(401);
  });
});

test("a clock that is set while the bot runs: the first refused payload makes it ask Slack for the time, not each", async () => {
  world = await createWorld("http");
  const { eve, slack, clock } = world;
  const asked = () => slack.calls.filter(({ method }) => method === "auth.test").length;
  const before = asked();
  // Slack's clock is right; the bot's is set 20 minutes ahead.
  clock.set(clock.now() + 20 * MINUTE);
  slack.setClockAhead(-20 * MINUTE);
  for (let tries = 0; tries < 5; tries++) await eve.command("/tigris-key help", { in: GENERAL });
  await until("the look", () => asked() > before);
  await passUntil(
    "an answer",
    async () => {
      await eve.command("/tigris-key help", { in: GENERAL });
      return answers(eve, GENERAL).length > 0;
    },
    { clock, stepMs: 0 },
  );
  expect(asked()).toBe(before + 1);
});

test("a clock that is set before a Reveal: the key is made all the same, in one call", async () => {
  world = await createWorld("socket");
  const { dana, tigris, slack, clock } = world;
  await askForReadOnly(dana, "ci");
  clock.set(clock.now() + 20 * MINUTE);
  slack.setClockAhead(-20 * MINUTE);
  tigris.controls.setClockAhead(-20 * MINUTE);
  await reveal(dana, "ci");
  expect(tigris.calls.filter(({ action }) => action === "CreateAccessKeyWithBucketsRole")).toHaveLength(1);
});
