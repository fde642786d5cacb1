import type { Attempt } from "../domain/attempt";
import type { Event } from "../domain/event";
import type { Key, KeyState } from "../domain/key";
import type { Asked, Request, RequestState } from "../domain/request";
import type { CardPlace, OutboxMessage } from "./outbox-message";

/** A request as it is first written: with the form that it came from and the DM that its card belongs in. */
export type NewRequest = Asked & { state: RequestState; viewId: string; dmChannelId: string };

/**
 * A record of changes that hold together or not at all. Every change of a state is one conditional write: it takes effect
 * only while the record is as it was read (state, version, and the time limit of what is open), and answers whether it did.
 */
export type Tx = {
  requests: {
    find(id: string): Promise<Request | null>;
    /** The request that a submission of this form made, if it made one. */
    findByView(viewId: string): Promise<Request | null>;
    isReferenceTaken(reference: string): Promise<boolean>;
    insert(request: NewRequest): Promise<void>;
    /**
     * @param at the moment of the change, in milliseconds: what is open must not have lapsed by then, or must have where
     *   the change is the lapse itself
     * @returns whether the request was as given and so changed
     */
    move(request: Request, to: RequestState, at: number): Promise<boolean>;
    /** Counts one more attempt for a request that is being made. */
    countAttempt(request: Request): Promise<void>;
    /** Ids of open requests whose time was over at `at`. */
    overdue(at: number, limit: number): Promise<string[]>;
    countWaiting(requesterId: string): Promise<number>;
    /** How many requests that a person has to decide somebody has made since then, whatever became of them. */
    countAskedSince(requesterId: string, since: number): Promise<number>;
    /** Where the cards of a request are. */
    cards(id: string): Promise<CardPlaces>;
    /** Whether a card of any request is there. */
    isCard(place: CardPlace): Promise<boolean>;
    setCard(id: string, card: CardKind, place: CardPlace): Promise<void>;
  };
  keys: {
    find(accessKeyId: string): Promise<Key | null>;
    findByRequest(requestId: string): Promise<Key | null>;
    findByDelivery(deliveryId: string): Promise<Key | null>;
    insert(key: Omit<Key, "version">): Promise<void>;
    /** Changes the state, and the newest delivery where one is given; answers whether the key was as given. */
    move(key: Key, to: KeyState, deliveryId?: string): Promise<boolean>;
    /** Keys that are not deleted, newest first, from the one after `after` on. */
    page(query: KeyQuery): Promise<Key[]>;
    /** How many keys that are not deleted somebody has. */
    countAlive(ownerId: string): Promise<number>;
  };
  /** Keys, attempts without a key, and open requests of somebody: what counts against their quota. */
  quotaUse(requesterId: string): Promise<number>;
  attempts: {
    find(id: string): Promise<Attempt | null>;
    /** The attempt that one click began, if it began one. */
    findByClick(clickId: string): Promise<Attempt | null>;
    insert(attempt: Attempt & { clickId: string | null }): Promise<void>;
    /** Writes an attempt back while `holder` still holds its lease; answers whether that was so. */
    save(attempt: Attempt, holder: string): Promise<boolean>;
    /** Attempts that are not closed, whose lease had run out and whose next try was due at `at`. */
    due(at: number, limit: number): Promise<Attempt[]>;
    /** Takes the lease of an attempt that nobody holds at `at`; answers whether it did. */
    takeOver(attempt: Attempt, lease: Attempt["lease"], at: number): Promise<boolean>;
    /** Whether a key or another attempt holds this access key id. */
    isRecorded(accessKeyId: string, exceptAttemptId: string): Promise<boolean>;
  };
  events: {
    append(event: Event): Promise<void>;
    /** How many events of a name there are of a request and its key, later than `since`. */
    count(requestId: string, name: Event["name"], since: number): Promise<number>;
  };
  outbox: { add(message: OutboxMessage, at: number): Promise<void> };
};

export type CardKind = "requester" | "approvals";
export type CardPlaces = { dmChannelId: string; requester: CardPlace | null; approvals: CardPlace | null };

export type KeyQuery = {
  /** Null for everybody's. */
  ownerId: string | null;
  /** Keys listed after this one (older), or before it (newer); null from the newest on. */
  from: { side: "older" | "newer"; accessKeyId: string } | null;
  /** Words to find in the name or the id, or null. */
  search: string | null;
  limit: number;
};

/** A message that is due, under a lease of the process that sends it. */
export type DueMessage = { id: number; message: OutboxMessage; tries: number; createdAt: number; revision: number };

export type StorePort = {
  /** Runs `work` in one transaction. Nothing in it may go over the network. */
  transact<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  outbox: {
    /** Leases the next messages that are due at `at`. */
    take(at: number, holder: { workerId: string; leaseUntil: number }, limit: number): Promise<DueMessage[]>;
    /** Forgets a message that was sent, unless it was asked for again meanwhile. */
    done(message: DueMessage): Promise<void>;
    /** Tries again at `nextAt`. */
    postpone(message: DueMessage, nextAt: number): Promise<void>;
  };
  /** Remembers whom this store belongs to at the first start; later answers what it remembers. */
  claim(owner: { kind: "slack_team" | "tigris_organisation"; value: string; at: number }): Promise<string>;
  /** Throws where the store cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
};
