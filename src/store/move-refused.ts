/** Why a store is not moved. Nothing of it is on the other side then. */
export type MoveRefusal =
  /** The target holds something, and no copy of this store: the table in which there is a row. */
  | { kind: "target_in_use"; table: string }
  /** The target holds a copy of this store, which has changed since that was made. */
  | { kind: "changed_since_copied" }
  /** What the target holds is not what it was given. */
  | { kind: "differs"; table: string }
  /** PostgreSQL does not take a row as it is: its code (PostgreSQL, appendix A). */
  | { kind: "row_not_taken"; table: string; code: string }
  /** The move was asked to stop. */
  | { kind: "stopped" };

/** Ends both transactions of a move. */
export class MoveRefused extends Error {
  constructor(readonly refusal: MoveRefusal) {
    super(`the store is not moved: ${refusal.kind}`);
    this.name = "MoveRefused";
  }
}
