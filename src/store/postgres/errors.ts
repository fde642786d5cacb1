import { DatabaseError } from "pg";
import { Conflict, StoreUnavailable } from "../../workflow/store-errors";

/**
 * What another transaction was in the way of, so that it may be tried again (PostgreSQL, appendix A): a serialization
 * failure, a deadlock, a lock that was waited for in vain, and a unique key that was taken since it was looked for.
 */
const CONFLICTS = new Set(["40001", "40P01", "55P03", "23505"]);

/**
 * What another minute may cure: the server is away, starts, stops, ended the session, has no connection left, or took too long
 * (classes 08, 53 and 57 of appendix A; 25P03).
 */
const AWAY = /^(08|53|57|25P03)/;

/** What the driver threw for a statement or a connection, as one of our errors; what was wrong with a statement stays. */
export function storeError(error: unknown): unknown {
  // All else is of sockets: there was no answer.
  if (!(error instanceof DatabaseError)) return new StoreUnavailable(error);
  const code = error.code ?? "";
  if (CONFLICTS.has(code)) return new Conflict(error);
  return AWAY.test(code) ? new StoreUnavailable(error) : error;
}
