import { isDue, MOST_AHEAD_MS } from "../domain/due";
import { finishSwitchingOn } from "../domain/key-steps";
import { addHold } from "../domain/pause-steps";
import { isIn } from "../domain/request";
import { nameStillOff } from "../domain/request-steps";
import { stillOffAt } from "../domain/still-off";
import { beginPause } from "./begin-attempt";
import { type ChangePorts, change } from "./change";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/** Tells a requester that their key is still off: once after a while, and once before it goes. */
export async function tellStillOff(ports: ChangePorts, requestId: string): Promise<void> {
  await change(ports, { about: { requestId }, decide: decideStillOff });
}

/** What is due is told; what is on, or gone, is not. */
export function decideStillOff({ request, key }: Recorded, at: number): Step {
  if (request === null || key === null || !isIn(request, "delivered") || key.state.kind !== "off") return NO_CHANGE;
  const dueAt = stillOffAt(request.state);
  if (dueAt === null || !isDue(dueAt, at, MOST_AHEAD_MS.still_off)) return NO_CHANGE;
  const isLast = request.state.named !== "not_yet";
  const about = { keyName: request.asked.keyName, lapsesAt: request.state.lapsesAt, isLast };
  return step("bot", {
    request: nameStillOff(request, isLast ? "last" : "first"),
    tell: [{ kind: "requester_card", requestId: request.id, ring: { code: "still_off", about } }],
  });
}

/** Pauses a key of which nobody can say in time whether it was switched on, for people to decide about. */
export async function expireSwitch(ports: ChangePorts, accessKeyId: string): Promise<void> {
  await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({
      isPauseOpen: await record.attempts.hasOpenPause(accessKeyId),
      isGrantOpen: await record.attempts.hasOpenGrant(accessKeyId),
    }),
    decide: (recorded, at, facts) => decideExpiry(recorded, { ...facts, at }),
  });
}

/** It may have power, so it counts as on, and is held: never deleted. */
export function decideExpiry(
  { key }: Recorded,
  { isPauseOpen, isGrantOpen, at }: { isPauseOpen: boolean; isGrantOpen: boolean; at: number },
): Step {
  // The list may still say that it is on: the timer comes again when its lease is over.
  if (isGrantOpen) return NO_CHANGE;
  if (key?.state.kind !== "switching_on" || !isDue(key.state.until, at, MOST_AHEAD_MS.switch_expires)) return NO_CHANGE;
  const { tigrisName, accessKeyId, ownerId, keyName, requestId } = key;
  const held = addHold(key, { kind: "bot", byId: "bot", at });
  if (held.kind === "refused") return NO_CHANGE;
  // Whoever resumes it gives it its roles: they may never have been set.
  const pause = { ...held.pause, areRolesTaken: true };
  return step("bot", {
    key: { ...held, pause, to: finishSwitchingOn(key.state.at).to, event: "key.switch_expired" },
    ...(isPauseOpen ? {} : { begin: beginPause(key, `expired-${accessKeyId}`, at) }),
    alert: { code: "switch_expired", about: { tigrisName, accessKeyId, ownerId } },
    tell: [{ kind: "requester_card", requestId, ring: { code: "switch_expired", about: { keyName } } }],
  });
}
