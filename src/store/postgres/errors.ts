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

/** The server has ended a session since it was used last, as where it was started anew: no transaction was begun in it. */
export class SessionOver extends StoreUnavailable {
  constructor(cause: unknown) {
    super(cause);
    this.name = "SessionOver";
  }
}

/** A server that did not answer for as long as one may take. */
export class FallenSilent extends Error {
  constructor() {
    super("the database has fallen silent");
    this.name = "FallenSilent";
  }
}

/** Ended by an administrator, or by the end of the server (PostgreSQL, appendix A). */
const ENDED = /^57P0[12]$/;

/** What a transaction that could not be begun throws: a session that is over is no sign that the server is away. */
export function beginError(error: unknown): unknown {
  if (!(error instanceof StoreUnavailable) || error.cause instanceof FallenSilent) return error;
  const { cause } = error;
  return cause instanceof DatabaseError && !ENDED.test(cause.code ?? "") ? error : new SessionOver(cause);
}
