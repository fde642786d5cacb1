import { Secret } from "../../../src/domain/secret";
import { createSocketTransport } from "../../../src/slack/transport/socket";
import type { Transport } from "../../../src/slack/transport/transport";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";
import { findSecrets } from "../../kit/secret-search";
import { until } from "../../kit/until";
import { type FakeSlack, type Link, startFakeSlack } from "./fake-slack";
import { capturedLog, command, createListeningApp, type Line, type OnCommand } from "./listening-app";

export const APP_TOKEN = "xapp-1-socket-test-token";
const SAID = "said-by-somebody";

/** A socket transport with an app behind it, in front of a Slack that does what a test says. */
export type SocketRig = {
  slack: FakeSlack;
  clock: ManualClock;
  /** The one that was built last. */
  transport: Transport;
  /** @param onCommand acknowledges each command with its text where left out */
  build(onCommand?: OnCommand, openTimeoutMs?: number): Transport;
  /** Starts it. @returns its two connections, once both are open */
  startBoth(): Promise<[Link, Link]>;
  logged(event: string): Line[];
  /** Waits until there are so many of these lines. */
  untilLogged(event: string, count: number): Promise<unknown>;
  openLinks(): number;
  secretsInLog(): string[];
  stop(): Promise<void>;
};

/** Starts a rig before each test, and ends it after that. @param take gets the one of the test */
export function rigForEach(take: (rig: SocketRig) => void): void {
  let rig: SocketRig;
  beforeEach(async () => {
    rig = await startSocketRig();
    take(rig);
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.secretsInLog()).toEqual([]);
  });
}

async function startSocketRig(): Promise<SocketRig> {
  const slack = await startFakeSlack();
  const clock = createManualClock();
  const { log, logger, lines } = capturedLog();
  const at = { appToken: new Secret(APP_TOKEN), apiUrl: slack.apiUrl, webSocket: null };
  const options = { ...at, clock, log, logger, elsewhere: () => 0 };
  const logged = (event: string) => lines.filter((line) => line.event === event);
  const untilLogged = (event: string, count: number) =>
    until(`${count} times ${event}`, () => logged(event).length === count, {
      seen: () => lines.map(({ event }) => event),
    });
  const rig: SocketRig = {
    slack,
    clock,
    transport: createSocketTransport(options),
    build: (onCommand, openTimeoutMs) => {
      rig.transport = createSocketTransport({ ...options, ...(openTimeoutMs ? { openTimeoutMs } : {}) });
      createListeningApp(rig.transport, onCommand ?? (({ text, ack }) => ack(`took ${text}`)));
      return rig.transport;
    },
    startBoth: async () => {
      await rig.transport.start();
      await untilLogged("transport.connected", 2);
      const [one, other] = slack.links;
      if (!one || !other) throw new Error("there are not two connections");
      return [one, other];
    },
    logged,
    untilLogged,
    openLinks: () => slack.links.filter((link) => link.isOpen()).length,
    secretsInLog: () => findSecrets([APP_TOKEN, SAID], [{ name: "log", content: lines }]),
    stop: async () => {
      await rig.transport.close();
      await slack.stop();
    },
  };
  return rig;
}

/** A command as it comes over a socket. */
export function envelope(id: string, text = SAID): Record<string, unknown> {
  return { envelope_id: id, type: "slash_commands", payload: command(text), accepts_response_payload: true };
}

/** The envelopes that were acknowledged over a connection, in order. */
export function acked(link: Link): unknown[] {
  return link.received.map((frame) => frame.envelope_id);
}

/** Lets everything go on that waits for nothing from outside. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
