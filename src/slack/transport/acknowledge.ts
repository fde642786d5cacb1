import type { App, ReceiverEvent } from "@slack/bolt";
import type { Log } from "../../workflow/ports";

/** Hands what comes in to Bolt, and keeps count of what is not acknowledged yet. */
export type Acknowledger = {
  connect(app: App): void;
  /** @returns resolves once it is acknowledged, or can't be any more; never rejects */
  take(event: ReceiverEvent): Promise<void>;
  /** Takes nothing new, and resolves once all that was taken is acknowledged, or can't be any more. */
  stop(): Promise<void>;
};

/** Slack takes no acknowledgement later than this, in milliseconds (Slack, acknowledgement). */
export const ACK_MS = 3_000;

/** Makes the one way from a transport to Bolt. */
export function createAcknowledger(log: Pick<Log, "warn" | "error">): Acknowledger {
  let app: App | null = null;
  let isOpen = true;
  const open = new Set<Promise<void>>();

  async function take(event: ReceiverEvent): Promise<void> {
    if (!isOpen || app === null) return;
    const { ack, acknowledged, giveUp } = onlyOnce(event.ack, log);
    open.add(acknowledged);
    const processed = app.processEvent({ ...event, ack });
    // The error holds the payload.
    processed.catch(() => log.error({ event: "transport.not_processed" })).finally(giveUp);
    await acknowledged;
    open.delete(acknowledged);
  }

  return {
    connect: (to) => {
      app = to;
    },
    take,
    stop: async () => {
      isOpen = false;
      await Promise.all(open);
    },
  };
}

/** An acknowledgement that goes out once. One that can't go out any more is logged: the work goes on, and is replied to. */
function onlyOnce(send: ReceiverEvent["ack"], log: Pick<Log, "warn">) {
  let done = (): void => {};
  let isSent = false;
  const acknowledged = new Promise<void>((resolve) => {
    done = resolve;
  });
  const timer = setTimeout(done, ACK_MS);
  timer.unref();
  const giveUp = (): void => {
    if (!isSent) done();
  };
  const ack: ReceiverEvent["ack"] = async (response) => {
    if (isSent) return;
    isSent = true;
    try {
      await send(response);
    } catch {
      // The client's error holds what was sent.
      log.warn({ event: "transport.not_acknowledged" });
    } finally {
      clearTimeout(timer);
      done();
    }
  };
  return { ack, acknowledged, giveUp };
}
