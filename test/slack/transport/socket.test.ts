import { until } from "../../kit/until";
import type { Link } from "./fake-slack";
import { gate } from "./listening-app";
import { APP_TOKEN, acked, envelope, rigForEach, type SocketRig } from "./socket-rig";

let rig: SocketRig;
rigForEach((one) => {
  rig = one;
});

test("two connections, opened with the app token; each envelope is acknowledged over the one that it came on", async () => {
  rig.build();
  expect(rig.transport.isConnected()).toBe(false);
  const [one, other] = await rig.startBoth();
  expect(rig.transport.isConnected()).toBe(true);
  expect(rig.slack.authorizations).toEqual([`Bearer ${APP_TOKEN}`, `Bearer ${APP_TOKEN}`]);
  one.send(envelope("e1", "a"));
  other.send(envelope("e2", "b"));
  await until("both acknowledgements", () => one.received.length + other.received.length === 2);
  expect(one.received).toEqual([{ envelope_id: "e1", payload: { text: "took a" } }]);
  expect(other.received).toEqual([{ envelope_id: "e2", payload: { text: "took b" } }]);
});

test("when Slack recycles both, both are replaced at once, and what is under way is acknowledged over the old one", async () => {
  const decided = gate();
  rig.build(async ({ text, ack }) => {
    if (text === "slow") await decided.opened;
    await ack();
  });
  const [one, other] = await rig.startBoth();
  one.send(envelope("e1", "slow"));
  for (const link of [one, other]) link.send({ type: "disconnect", reason: "refresh_requested" });
  await until("both to be replaced", () => rig.slack.links.length === 4 && !other.isOpen());
  expect(one.isOpen()).toBe(true);
  rig.slack.links[3]?.send(envelope("e2", "quick"));
  await until("the acknowledgement over the new one", () => rig.slack.links[3]?.received.length === 1);
  decided.open();
  await until("the old connection to close", () => !one.isOpen());
  expect(acked(one)).toEqual(["e1"]);
});

test("after a warning the old connection goes on until Slack ends it, beside its successor", async () => {
  rig.build();
  const [one] = await rig.startBoth();
  one.send({ type: "disconnect", reason: "warning" });
  await rig.untilLogged("transport.connected", 3);
  one.send(envelope("e1"));
  await until("the acknowledgement", () => one.received.length === 1);
  one.send({ type: "disconnect", reason: "refresh_requested" });
  await until("the old connection to close", () => !one.isOpen());
  expect(rig.slack.links).toHaveLength(3);
});

test.each<[string, (link: Link) => void]>([
  ["closed", (link) => link.end()],
  ["cut", (link) => link.cut()],
])(
  "a connection that is %s is replaced, and an acknowledgement that can't go out any more harms nothing",
  async (_how, lose) => {
    const decided = gate();
    const taken = gate();
    rig.build(async ({ text, ack }) => {
      if (text !== "slow") return ack();
      taken.open();
      await decided.opened;
      await ack();
    });
    const [one] = await rig.startBoth();
    one.send(envelope("e1", "slow"));
    await taken.opened;
    lose(one);
    await rig.untilLogged("transport.connected", 3);
    decided.open();
    await rig.untilLogged("transport.not_acknowledged", 1);
    rig.slack.links[2]?.send(envelope("e2"));
    await until("the acknowledgement over the new one", () => rig.slack.links[2]?.received.length === 1);
  },
);

test("frames that are not as they should be do no harm", async () => {
  rig.build();
  const [one] = await rig.startBoth();
  const odd = ["", "{", "null", "[]", '"disconnect"', "7", "{}", '{"type":"error"}', '{"type":"disconnected"}'];
  for (const text of odd) one.sendText(text);
  one.sendText('{"type":"events_api","envelope_id":"e0","payload":{}}');
  one.sendText('{"type":"slash_commands","envelope_id":"e0","payload":null}');
  one.sendText("[".repeat(100_000));
  one.sendBytes(Buffer.from(JSON.stringify(envelope("e0"))));
  one.send(envelope("e1"));
  await until("the acknowledgement", () => one.received.length === 1);
  expect(acked(one)).toEqual(["e1"]);
  expect(rig.logged("transport.odd_frame")).toHaveLength(odd.length + 4);
  expect(rig.slack.links).toHaveLength(2);
});

test("draining takes nothing new, lets the acknowledgements out, and then closes", async () => {
  const decided = gate();
  const taken = gate();
  rig.build(async ({ ack }) => {
    taken.open();
    await decided.opened;
    await ack();
  });
  const [one, other] = await rig.startBoth();
  one.send(envelope("e1"));
  await taken.opened;
  const drained = rig.transport.drain();
  other.send(envelope("e2"));
  one.send({ type: "disconnect", reason: "warning" });
  decided.open();
  await drained;
  await until("both to close", () => rig.openLinks() === 0);
  expect(acked(one)).toEqual(["e1"]);
  expect(other.received).toEqual([]);
  expect(rig.transport.isConnected()).toBe(false);
});
