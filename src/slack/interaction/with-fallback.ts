import { errorCode } from "../../workflow/error-code";
import type { ListenerContext } from "./listener-context";

/**
 * Runs what leads to a reply. Where it throws, that is logged, and the reply is `fallback`.
 * @param what names the work in the log
 */
export async function withFallback<Result>(
  { ports }: ListenerContext,
  what: string,
  work: () => Promise<Result>,
  fallback: Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    ports.log.error({ event: "listener.failed", what, code: errorCode(error) });
    return fallback;
  }
}
