import { until } from "../../kit/until";
import { rigForEach, type SocketRig, settled } from "./socket-rig";

let rig: SocketRig;
rigForEach((one) => {
  rig = one;
});

test("where a new connection is refused, the pauses grow, and a Retry-After is kept", async () => {
  rig.build();
  const [one] = await rig.startBoth();
  rig.slack.answers.push({ error: "internal_error" }, { error: "internal_error" }, { retryAfterS: 30 });
  one.cut();
  for (const [failures, pauseMs] of [
    [1, 1_000],
    [2, 2_000],
    [3, 30_000],
  ] as const) {
    await rig.untilLogged("transport.not_connected", failures);
    await settled();
    rig.clock.advance(pauseMs - 1);
    await settled();
    expect(rig.slack.opened()).toBe(2 + failures);
    rig.clock.advance(1);
  }
  await rig.untilLogged("transport.connected", 3);
  expect(rig.logged("transport.not_connected").map(({ code }) => code)).toEqual([
    "internal_error",
    "internal_error",
    "ratelimited",
  ]);
  expect(rig.transport.isConnected()).toBe(true);
});

test("a Slack that says to come back at once is not asked in a tight loop either", async () => {
  rig.build();
  const [one] = await rig.startBoth();
  rig.slack.answers.push({ retryAfterS: 0 });
  one.cut();
  await rig.untilLogged("transport.not_connected", 1);
  await settled();
  rig.clock.advance(999);
  await settled();
  expect(rig.slack.opened()).toBe(3);
  rig.clock.advance(1);
  await rig.untilLogged("transport.connected", 3);
});

test("a Slack that ends each connection at once is not asked for new ones in a tight loop", async () => {
  rig.build();
  await rig.startBoth();
  const end = (count: number) => {
    for (const link of rig.slack.links)
      if (link.isOpen()) link.send({ type: "disconnect", reason: "too_many_websockets" });
    return rig.untilLogged("transport.disconnected", count);
  };
  for (const round of [1, 2, 3]) {
    await end(round * 2);
    await rig.untilLogged("transport.connected", 2 + round * 2);
  }
  await end(8);
  await settled();
  expect(rig.slack.opened()).toBe(8);
  expect(rig.transport.isConnected()).toBe(false);
  rig.clock.advance(1_000);
  await rig.untilLogged("transport.connected", 10);
});

test("Socket Mode turned off is told as an error, and tried again only now and then", async () => {
  rig.build();
  const [one] = await rig.startBoth();
  one.send({ type: "disconnect", reason: "link_disabled" });
  await rig.untilLogged("transport.socket_mode_is_off", 1);
  expect(rig.logged("transport.socket_mode_is_off")[0]?.level).toBe("error");
  await settled();
  rig.clock.advance(59_999);
  await settled();
  expect(rig.slack.opened()).toBe(2);
  rig.clock.advance(1);
  await rig.untilLogged("transport.connected", 3);
});

describe("at the start", () => {
  test.each(["invalid_auth", "missing_scope"])(
    "a wrong token ends it with a sentence that says so: %s",
    async (error) => {
      rig.slack.answers.push({ error }, { error });
      await expect(rig.build().start()).rejects.toMatchObject({
        name: "StartError",
        code: "slack_app_token",
        exitCode: 78,
        message: expect.stringContaining(`SLACK_APP_TOKEN (${error})`),
      });
      expect(rig.slack.opened()).toBe(2);
    },
  );

  test("a Slack that does not answer ends it after three tries", async () => {
    rig.slack.answers.push(...Array.from({ length: 6 }, () => "silence" as const));
    const started = rig.build(undefined, 100).start();
    const failed = expect(started).rejects.toMatchObject({ code: "slack_unreachable", exitCode: 1 });
    for (const [failures, pauseMs] of [
      [2, 1_000],
      [4, 2_000],
    ] as const) {
      await rig.untilLogged("transport.not_connected", failures);
      await settled();
      rig.clock.advance(pauseMs);
    }
    await failed;
    expect(rig.logged("transport.not_connected").map(({ code }) => code)).toEqual(Array(6).fill("no_answer"));
  });

  test("a connection without a hello is no connection, and is not left open", async () => {
    rig.slack.saysHello = false;
    const started = rig.build(undefined, 200).start();
    await rig.untilLogged("transport.not_connected", 2);
    await until("both to close", () => rig.openLinks() === 0);
    rig.slack.saysHello = true;
    await settled();
    rig.clock.advance(1_000);
    await started;
  });

  test("one connection is enough, and the other is still tried for", async () => {
    rig.slack.answers.push(
      "connect",
      { error: "internal_error" },
      { error: "internal_error" },
      { error: "internal_error" },
    );
    await rig.build().start();
    expect(rig.transport.isConnected()).toBe(true);
    for (const [failures, pauseMs] of [
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
    ] as const) {
      await rig.untilLogged("transport.not_connected", failures);
      await settled();
      rig.clock.advance(pauseMs);
    }
    await rig.untilLogged("transport.connected", 2);
  });
});
