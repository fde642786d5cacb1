/**
 * Another transaction is in the way: it has what this one waits for, or was first with what may be there once. Nothing of this
 * one is written.
 */
export class Conflict extends Error {
  readonly code = "conflict";
  readonly retry = "safe";

  constructor(cause: unknown) {
    super("another transaction is in the way", { cause });
    this.name = "Conflict";
  }
}

/** A store that can't be reached now. Nothing of the transaction is written. */
export class StoreUnavailable extends Error {
  readonly code: string = "store_unavailable";
  readonly retry = "safe";

  constructor(cause: unknown) {
    super("the store can't be reached", { cause });
    this.name = "StoreUnavailable";
  }
}

/** A commit that got no answer, and that can't be looked up: it may have taken effect. */
export class CommitUnknown extends Error {
  readonly code = "commit_unknown";
  /** Whoever repeats it has to read first what holds. */
  readonly retry = "unsafe";

  constructor(cause: unknown) {
    super("nobody can say whether a change is written", { cause });
    this.name = "CommitUnknown";
  }
}
