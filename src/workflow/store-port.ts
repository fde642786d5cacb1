import type { Attempt, Lease } from "../domain/attempt";
import type { Event } from "../domain/event";
import type { Key, KeyState } from "../domain/key";
import type { Request, RequestState } from "../domain/request";
import type { Timer, TimerKind } from "../domain/timers";
import type { CardKind, CardPlace, OutboxMessage } from "./outbox-message";

/** A request as it is first written: with the form that it came from and the DM that its card belongs in. */
export type NewRequest = Omit<Request, "attempts" | "version"> & { viewId: string; dmChannelId: string };

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

/** The record as it is at one moment. */
export type Reads = {
  requests: {
    find(id: string): Promise<Request | null>;
    /** The same; null too where it can't be read, so that it holds up nothing that is not about it. */
    findReadable(id: string): Promise<Request | null>;
    /** The request that a submission of this form made, if it made one. */
    findByView(viewId: string): Promise<Request | null>;
    isReferenceTaken(reference: string): Promise<boolean>;
    countWaiting(requesterId: string): Promise<number>;
    /** How many requests that a person has to decide somebody has made since then, whatever became of them. */
    countAskedSince(requesterId: string, since: number): Promise<number>;
    /** Whether there is an open request about a key that is there. */
    hasOpenAbout(accessKeyId: string): Promise<boolean>;
    /** The open request about a key that is there, if there is one that can be read. */
    findOpenAbout(accessKeyId: string): Promise<Request | null>;
    /** Where the cards of a request are. */
    cards(id: string): Promise<CardPlaces>;
    /** Whether a card of any request is there. */
    isCard(place: CardPlace): Promise<boolean>;
  };
  keys: {
    find(accessKeyId: string): Promise<Key | null>;
    /** The key that a request made. */
    findByRequest(requestId: string): Promise<Key | null>;
    /** Keys that are not deleted, newest first; `isCut` where there are more than the limit. */
    page(query: KeyQuery): Promise<{ keys: Key[]; isCut: boolean }>;
    /** Ids of keys that are on, made before a moment, newest first. */
    onBefore(madeBefore: number, limit: number): Promise<string[]>;
    /** How many keys that are not deleted somebody has. */
    countAlive(ownerId: string): Promise<number>;
    /** Keys whose deletion somebody asked for and that wait for somebody else, first those that have waited longest. */
    heldBy(userId: string, limit: number): Promise<Key[]>;
  };
  /** Keys, attempts without a key, and open requests of somebody: what counts against their quota. */
  quotaUse(requesterId: string): Promise<number>;
  attempts: {
    find(id: string): Promise<Attempt | null>;
    /** The attempt that one click began, if it began one. */
    findByClick(clickId: string): Promise<Attempt | null>;
    /** Whether an attempt of a request goes on. */
    hasOpen(requestId: string): Promise<boolean>;
    /** Whether a key or another attempt holds this access key id. */
    isRecorded(accessKeyId: string, exceptAttemptId: string): Promise<boolean>;
  };
  events: {
    /** How many events of a name there are of a request and its key, later than `since`. */
    count(requestId: string, name: Event["name"], since: number): Promise<number>;
    /** Keys of others whose deletion somebody has begun, from `since` on, oldest first. */
    deletionsBy(actorId: string, since: number, limit: number): Promise<Key[]>;
    /** @param actorIds all ids of one person */
    countDeletionsBy(actorIds: readonly string[], since: number): Promise<number>;
  };
};

/**
 * Changes that hold together or not at all. Every change of a state is one conditional write: it takes effect only while
 * the record is as it was read (state, version, and the time limit of what is open), and answers whether it did.
 */
export type Tx = Reads & {
  requests: {
    insert(request: NewRequest): Promise<void>;
    /**
     * @param change `at` is its moment, in milliseconds: what is open must not have lapsed by then, or must have where the
     *   change is the lapse itself; `attempts` is the number of them from then on
     * @returns whether the request was as given and so changed
     */
    move(request: Request, to: RequestState, change: { at: number; attempts?: number }): Promise<boolean>;
    /** Takes a request out, with its attempts; their names stay used. Answers whether it was as given, and none of them open. */
    forget(request: Request): Promise<boolean>;
  };
  keys: {
    insert(key: Omit<Key, "version">): Promise<void>;
    /** Changes the state, and the newest delivery where one is given; answers whether the key was as given. */
    move(key: Key, to: KeyState, deliveryId?: string): Promise<boolean>;
  };
  attempts: {
    insert(attempt: Attempt & { clickId: string | null }): Promise<void>;
    /** Writes an attempt back while `holder` still holds its lease; answers whether that was so. */
    save(attempt: Attempt, holder: string): Promise<boolean>;
    /** Takes the lease of an attempt that nobody holds at `at`; answers whether it did. */
    takeOver(attempt: Attempt, lease: Lease, at: number): Promise<boolean>;
    /** Takes a closed attempt out; its name stays used. Answers whether nothing needs it any more. */
    forget(attempt: Attempt): Promise<boolean>;
  };
  events: { append(event: Event): Promise<void> };
  outbox: { add(message: OutboxMessage, at: number): Promise<void> };
  timers: {
    /** Gives a request or an attempt these timers, in place of those that it had. */
    set(subjectId: string, timers: readonly Timer[]): Promise<void>;
  };
};

/** A message that is due, under a lease of the process that sends it. */
export type DueMessage = { id: number; message: OutboxMessage; tries: number; createdAt: number; revision: number };

/**
 * What is remembered from the first start on: the workspace, the two names of the organisation, and that its lists of keys
 * have shown the bot's own.
 */
export type InstallationKind = "slack_team" | "tigris_organisation" | "tigris_owner" | "own_key_listed";

export type StorePort = {
  /** Runs `work` on the record as it is, without a lock: nothing can be written. */
  read<Result>(work: (record: Reads) => Promise<Result>): Promise<Result>;
  /** Runs `work` in one transaction. Nothing in it may go over the network. */
  transact<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  outbox: {
    /** Leases the next messages that are due at `at`. */
    take(at: number, lease: Lease, limit: number): Promise<DueMessage[]>;
    /** Forgets a message that was sent, unless it was asked for again meanwhile. */
    done(message: DueMessage): Promise<void>;
    /** Tries again at `at`. @param again `code` says why this try failed */
    postpone(message: DueMessage, again: { at: number; code: string }): Promise<void>;
    /** The code with which Slack lastingly refuses what is owed to the approvals channel; null where it refuses nothing. */
    approvalsFailure(): Promise<string | null>;
    /** The approvals channel took a post: what it refused before is due at once, and counts as refused no more. */
    approvalsPosted(at: number): Promise<void>;
    /** Drops messages that were written before a moment, what can't be read too. @returns how many, `limit` at most */
    forget(before: number, limit: number): Promise<number>;
  };
  timers: {
    /** Leases the next timers of a kind that are due at `at`, earliest first. @returns what they are about, by its id */
    take(kind: TimerKind, at: number, lease: Lease, limit: number): Promise<string[]>;
  };
  cards: {
    /** Remembers where a card of a request stands in Slack. */
    set(requestId: string, card: CardKind, place: CardPlace): Promise<void>;
    /** Remembers the DM that the requester's card of a request belongs in. */
    setDm(requestId: string, channelId: string): Promise<void>;
  };
  /** Remembers whom this store belongs to at the first start; later answers what it remembers. */
  claim(owner: { kind: InstallationKind; value: string; at: number }): Promise<string>;
  /** What this store remembers of its installation; null where it does not. */
  remembered(kind: InstallationKind): Promise<string | null>;
  /** Throws where the store cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
};
