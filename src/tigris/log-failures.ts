import type { Log } from "../workflow/ports";
import type { TigrisPort } from "../workflow/tigris-port";

/** Anything that a method of the port returns. */
type Result = Awaited<ReturnType<TigrisPort[keyof TigrisPort]>>;

/** Makes a pass-through that logs, by codes alone, each result that is not the one that was hoped for. */
export function logFailures(log: Pick<Log, "warn">) {
  return async <One extends Result>(call: string, pending: Promise<One>): Promise<One> => {
    const result = await pending;
    logFailure(log, call, result);
    return result;
  };
}

function logFailure(log: Pick<Log, "warn">, call: string, result: Result): void {
  if (result.kind === "refused") log.warn({ event: "tigris.refused", call, status: result.status, code: result.code });
  if (result.kind === "lost")
    log.warn({ event: "tigris.lost", call, cause: result.cause, tigrisRequestId: result.requestId });
  if (result.kind === "unavailable") log.warn({ event: "tigris.unavailable", call, reason: result.reason });
}
