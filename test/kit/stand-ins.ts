import type { FaultHandle } from "../../sandbox/faults";
import type { SlackStandIn } from "../../sandbox/slack";
import { inTime, until, type Waiting } from "./until";

/** Waits until a call has met the fault that was armed for it: with `hold`, it now waits there. */
export function reached(fault: FaultHandle, waiting?: Waiting): Promise<void> {
  return inTime("a call to meet the fault that was armed for it", fault.reached, waiting);
}

/** Waits until the app has so many connections to Slack. */
export async function connected({ sockets }: Pick<SlackStandIn, "sockets">, count: number, waiting?: Waiting) {
  await until(`${count} connections to Slack`, () => sockets.count() === count, { seen: sockets.count, ...waiting });
}
