import type { Event } from "../domain/event";
import type { KeyAt } from "../domain/key";

/** What the record says of what has happened. */
export type EventReads = {
  /** How many events of a name there are of a request and its key, later than `since`. */
  count(requestId: string, name: Event["name"], since: number): Promise<number>;
  /** The outcomes of the events of a name that there are of a request and its key. */
  outcomes(requestId: string, name: Event["name"]): Promise<string[]>;
  /** Keys of others whose deletion somebody has begun, from `since` on, oldest first. */
  deletionsBy(actorId: string, since: number, limit: number): Promise<KeyAt[]>;
  /** Keys of others that somebody has paused, from `since` on, oldest first. */
  pausesBy(actorId: string, since: number, limit: number): Promise<KeyAt[]>;
  /** Keys about which nobody answered, from `since` on, oldest first. */
  unanswered(since: number, limit: number): Promise<KeyAt[]>;
  /** The outcomes of the reports of leaked keys that somebody made from `since` on. @param actorIds all ids of one person */
  reportsBy(actorIds: readonly string[], since: number): Promise<string[]>;
  /** @param actorIds all ids of one person */
  countDeletionsBy(actorIds: readonly string[], since: number): Promise<number>;
};
