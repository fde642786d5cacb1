import type { Leaver, LeaverState } from "../domain/leaver";
import type { CardPlace } from "./outbox-message";

/** What is on record of owners who may have left. */
export type LeaverReads = {
  find(ownerId: string): Promise<Leaver | null>;
  /** Where the card about somebody's keys stands; null where there is none yet. */
  card(ownerId: string): Promise<CardPlace | null>;
  /** How many owners are gone at once: those who may be, are held back, or were taken for gone since then without an approver's word. */
  countGone(since: number): Promise<number>;
  /** Who is held back: those whom nobody was told of (`isTold` false), or all; until a moment at the latest. */
  heldBack(query: { isTold: false | null; until: number; limit: number }): Promise<Leaver[]>;
};

export type LeaverWrites = {
  /** Writes what an owner is from then on, or takes them out (null), if they are as they were read; answers whether it did. */
  write(ownerId: string, before: Leaver | null, to: LeaverState | null): Promise<boolean>;
  /** Owes a drawing to the cards about the keys of these owners, where they have left. */
  owe(ownerIds: readonly string[]): Promise<void>;
};

/** Each step is a transaction of its own. */
export type LeaverCards = {
  /** Remembers where the card about somebody's keys stands. The one before it is to shrink. */
  placed(ownerId: string, place: CardPlace): Promise<void>;
  /** Forgets owners who have no keys left, and of whom nothing was seen for so long. @returns how many, `limit` at most */
  forget(olderThanMs: number, limit: number): Promise<number>;
};
