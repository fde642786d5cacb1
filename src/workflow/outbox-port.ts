import type { OutboxMessage } from "./outbox-message";

/** A message that is due, under a lease of whoever sends it. */
export type DueMessage = {
  id: number;
  message: OutboxMessage;
  tries: number;
  createdAt: number;
  revision: number;
  /** The name of this holding, in the lease. */
  holder: string;
};

/** What is sent apart from what. */
export type Lane = "messages" | "homes" | "daily";

/** The sender's side of the outbox; each step is a transaction of its own. */
export type OutboxPort = {
  /**
   * Leases the next messages that are due.
   * @param holder the name of this holding, no other's
   * @param what `homes` are drawn apart, since each waits for a look at its person; so is what is `daily`, of which many wait for long;
   *   all others where left out
   */
  take(holder: string, limit: number, what?: Lane): Promise<DueMessage[]>;
  /**
   * Forgets a message that was sent, unless it was asked for again meanwhile. A card whose lease was lost by then is drawn
   * once more.
   */
  done(message: DueMessage): Promise<void>;
  /** Tries again after a while, in milliseconds, if the lease is still held. @param again `code` says why this try failed */
  postpone(message: DueMessage, again: { afterMs: number; code: string }): Promise<void>;
  /** The code with which Slack lastingly refuses what is owed to the approvals channel; null where it refuses nothing. */
  approvalsFailure(): Promise<string | null>;
  /** The approvals channel took a post: what it refused before is due at once, and counts as refused no more. */
  approvalsPosted(): Promise<void>;
  /** Drops messages that are older than that, what can't be read too. @returns how many, `limit` at most */
  forget(olderThanMs: number, limit: number): Promise<number>;
};
