import { isKeyOver } from "../domain/due";
import { hasEnded } from "../domain/key";
import { addHold, mayHavePower } from "../domain/pause-steps";
import { beginPause } from "./begin-attempt";
import { type ChangePorts, change } from "./change";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/** Pauses a key for good, since its time is over. */
export async function endKey(ports: ChangePorts, accessKeyId: string): Promise<void> {
  await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({ isPauseOpen: await record.attempts.hasOpenPause(accessKeyId) }),
    decide: (recorded, at, facts) => decideEnd(recorded, { ...facts, at }),
  });
}

/** Whatever else is under way on it: a pause that is on its way already takes its power for this one too. */
export function decideEnd({ key }: Recorded, { isPauseOpen, at }: { isPauseOpen: boolean; at: number }): Step {
  if (key === null || hasEnded(key) || !isKeyOver(key, at)) return NO_CHANGE;
  const held = addHold(key, { kind: "end", byId: "bot", at });
  if (held.kind === "refused") return NO_CHANGE;
  const begins = mayHavePower(key) && !isPauseOpen;
  return step("bot", {
    key: { ...held, event: "key.ended", outcome: key.state.kind },
    ...(begins ? { begin: beginPause(key, `ended-${key.accessKeyId}`, at) } : {}),
  });
}
