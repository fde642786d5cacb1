import { GONE_STILL_COUNTED_MS } from "../../../src/domain/service-limits";
import { until } from "../../kit/until";
import { rigForEach, type SocketRig, settled } from "./socket-rig";

let rig: SocketRig;
rigForEach((one) => {
  rig = one;
});

const others = () => rig.transport.otherConnections();

test("a bot that is alone warns of nobody, however its connections are recycled, cut or opened in vain", async () => {
  rig.slack.answers = [{ error: "internal_error" }];
  rig.build();
  await rig.transport.start();
  await until("the other one to be tried again", () => {
    rig.clock.advance(1_000);
    return rig.logged("transport.connected").length === 2;
  });
  for (const link of rig.slack.links.slice(0, 2)) link.send({ type: "disconnect", reason: "refresh_requested" });
  await rig.untilLogged("transport.connected", 4);
  await until("the old ones to close", () => rig.openLinks() === 2);
  for (const link of rig.slack.links) link.cut();
  await until("two new ones", () => {
    rig.clock.advance(1_000);
    return rig.logged("transport.connected").length === 6;
  });
  expect(others()).toBeNull();
  expect(rig.logged("transport.other_connections")).toEqual([]);
});

test("more connections than its own are told at once, until a hello counts no more than these", async () => {
  rig.slack.helloOf = (open) => ({ num_connections: open + 2 });
  rig.build();
  const [one, other] = await rig.startBoth();
  expect(others()).toEqual({ counted: 4, own: 2 });
  expect(rig.logged("transport.other_connections").at(-1)).toMatchObject({ level: "warn", counted: 4, own: 2 });
  // Slack may still count the old one, or a bot that has just ended: that tells nothing.
  rig.slack.helloOf = () => ({ num_connections: 3 });
  one.send({ type: "disconnect", reason: "refresh_requested" });
  await rig.untilLogged("transport.connected", 3);
  expect(others()).toEqual({ counted: 4, own: 2 });
  rig.slack.helloOf = () => ({ num_connections: 2 });
  other.send({ type: "disconnect", reason: "refresh_requested" });
  await rig.untilLogged("transport.connected", 4);
  expect(others()).toBeNull();
  expect(rig.logged("transport.no_other_connections")).toHaveLength(1);
});

test("a connection that was closed long ago is no excuse for another one", async () => {
  rig.build();
  const [one, other] = await rig.startBoth();
  one.send({ type: "disconnect", reason: "refresh_requested" });
  await rig.untilLogged("transport.connected", 3);
  await until("the old one to close", () => rig.openLinks() === 2);
  await settled();
  rig.clock.advance(GONE_STILL_COUNTED_MS);
  rig.slack.helloOf = () => ({ num_connections: 4 });
  other.send({ type: "disconnect", reason: "refresh_requested" });
  await rig.untilLogged("transport.connected", 4);
  expect(others()).toEqual({ counted: 4, own: 3 });
});

test.each([
  ["does not count", {}],
  ["counts in words", { num_connections: "four" }],
  ["counts less than one", { num_connections: 0 }],
])("a hello that %s opens a connection, and says nothing of others", async (_how, hello) => {
  rig.slack.helloOf = () => hello;
  rig.build();
  await rig.startBoth();
  await settled();
  expect(others()).toBeNull();
  expect(rig.logged("transport.odd_frame")).toEqual([]);
});
