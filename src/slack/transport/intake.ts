import type { App, ReceiverEvent } from "@slack/bolt";
import type { Log } from "../../workflow/ports";

/** Hands what comes in over a socket to Bolt, and keeps count of what is not acknowledged yet. */
export type Intake = {
  connect(app: App): void;
  take(event: ReceiverEvent): void;
  /** Takes nothing new, and resolves once all that was taken is acknowledged, or can't be any more. */
  stop(): Promise<void>;
};

/** Slack takes no acknowledgement later than this, in milliseconds (Slack, acknowledgement). */
const ACK_MS = 3_000;

export function createIntake(log: Log): Intake {
  let app: App | null = null;
  let isOpen = true;
  const open = new Set<Promise<void>>();

  function take(event: ReceiverEvent): void {
    if (!isOpen || app === null) return;
    const { ack, acknowledged } = onlyOnce(event.ack, log);
    open.add(acknowledged);
    void acknowledged.then(() => open.delete(acknowledged));
    app.processEvent({ ...event, ack }).catch(() => log.error({ event: "transport.not_processed" }));
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

/** An acknowledgement that goes out once. One that can't go out any more is logged: the work goes on, and is answered. */
function onlyOnce(send: ReceiverEvent["ack"], log: Log) {
  let done = (): void => {};
  let isSent = false;
  const acknowledged = new Promise<void>((resolve) => {
    done = resolve;
  });
  const timer = setTimeout(done, ACK_MS);
  timer.unref();
  const ack: ReceiverEvent["ack"] = async (response) => {
    if (isSent) return;
    isSent = true;
    try {
      await send(response);
    } catch {
      log.warn({ event: "transport.not_acknowledged" });
    } finally {
      clearTimeout(timer);
      done();
    }
  };
  return { ack, acknowledged };
}
