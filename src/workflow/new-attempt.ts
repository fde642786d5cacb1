import type { Attempt } from "../domain/attempt";
import { newLease } from "./lease";
import type { Ports } from "./ports";

/** An attempt that begins at `at`, under a lease of whoever begins it. */
export function newAttempt(
  ports: Pick<Ports, "clock" | "ids" | "settings">,
  begun: Pick<Attempt, "requestId" | "accessKeyId" | "actorId" | "work"> & { at: number },
): Attempt {
  const { at, ...attempt } = begun;
  return {
    ...attempt,
    id: ports.ids.unique(),
    startedAt: at,
    lease: newLease(ports),
    nextAt: at,
    tries: 0,
    alerted: false,
  };
}
