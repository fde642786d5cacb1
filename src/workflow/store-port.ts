import type { Attempt, Lease } from "../domain/attempt";
import type { Event } from "../domain/event";
import type { Key, KeyChanges } from "../domain/key";
import type { KeyCounts } from "../domain/key-counts";
import type { Request, RequestState } from "../domain/request";
import type { Review } from "../domain/review";
import type { Timer } from "../domain/timers";
import type { AppHomesPort, PlacedRequest } from "./app-home-port";
import type { EventReads } from "./event-reads";
import type { KeyQuery, NamedQuery } from "./key-query";
import type { LeaverCards, LeaverReads, LeaverWrites } from "./leavers-port";
import type { CardKind, CardPlace, LeakMessage, OutboxMessage, Ring } from "./outbox-message";
import type { OutboxPort } from "./outbox-port";
import type { PolicyReads, PolicyWrites } from "./policies-port";
import type { TimersPort } from "./timers-port";

/** A request as it is first written: with the form that it came from and the DM that its card belongs in. */
export type NewRequest = Omit<Request, "attempts" | "version"> & { viewId: string; dmChannelId: string };

export type CardPlaces = {
  dmChannelId: string;
  requester: CardPlace | null;
  approvals: CardPlace | null;
  review: CardPlace | null;
};

/** Where a request stands among those that wait. */
export type WaitingPlace = { askedAt: number; id: string };
/** Those of them that can be read, and where the last one stands; null where there is none. */
export type WaitingPage = { requests: Request[]; last: WaitingPlace | null };

/** The record as it is at one moment. */
export type Reads = {
  /** The moment, in milliseconds since 1970: within `transact`, the one by which leases are held and things are due. */
  at: number;
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
    /** The newest request of somebody for a key, whatever became of it, if it can be read. */
    newestAskedBy(requesterId: string): Promise<Request | null>;
    /** How often somebody was denied something since then. */
    countDeniedSince(requesterId: string, since: number): Promise<number>;
    /** Whether there is an open request about a key that is there. */
    hasOpenAbout(accessKeyId: string): Promise<boolean>;
    /** Whether a key is asked for that is to take the place of this one. */
    hasOpenRotation(accessKeyId: string): Promise<boolean>;
    /** The open request about a key that is there, if there is one that can be read. */
    findOpenAbout(accessKeyId: string): Promise<Request | null>;
    /** What was asked about a key that is there, and was given. */
    usedAbout(accessKeyId: string): Promise<Request[]>;
    /** What waits for a decision of people, except what one person asked for, longest waiting first. */
    toDecide(exceptIds: readonly string[], limit: number): Promise<PlacedRequest[]>;
    /** The next of those that wait for a decision of people, longest waiting first. @param after the last one that was seen */
    waitingAfter(after: WaitingPlace | null, limit: number): Promise<WaitingPage>;
    /** Somebody's open requests, oldest first, with the cards in their DM. */
    openOf(requesterId: string, limit: number): Promise<PlacedRequest[]>;
    /** Where the cards of a request are. */
    cards(id: string): Promise<CardPlaces>;
    /** Whether a card of any request is there. */
    isCard(place: CardPlace): Promise<boolean>;
  };
  keys: {
    find(accessKeyId: string): Promise<Key | null>;
    /** The newest key that a request made. */
    findByRequest(requestId: string): Promise<Key | null>;
    /** Keys that are not deleted, newest first; `isCut` where there are more than the limit. */
    page(query: KeyQuery): Promise<{ keys: Key[]; isCut: boolean }>;
    /** Somebody's keys that may need something: nobody holds the secret, or Tigris has not confirmed what was asked of it. */
    unsettled(ownerId: string, limit: number): Promise<Key[]>;
    /** How many keys that are not deleted somebody has, and how many Admin keys among them. */
    countAlive(ownerId: string): Promise<{ all: number; admin: number }>;
    /** How many people own keys that may have power. */
    countOwners(): Promise<number>;
    /** Somebody's keys that may have power, oldest first, and how many there are. */
    livingOf(ownerId: string, limit: number): Promise<Key[]>;
    countLivingOf(ownerId: string): Promise<number>;
    /** Living keys that somebody asked for and others own by now, oldest first. */
    takenFrom(requesterId: string, limit: number): Promise<{ keyName: string; ownerId: string }[]>;
    /** How many keys such pages have in all, counted up to the limit. */
    count(query: KeyQuery): Promise<number>;
    /** Keys that are not deleted and that a word names, newest first. */
    named(query: NamedQuery): Promise<Key[]>;
    /** All keys that are not deleted, counted in several ways. */
    counts(): Promise<KeyCounts>;
  };
  /** Keys of somebody that may have power, and their open requests for keys, but those that take the place of another one: what counts against their quota. */
  quotaUse(requesterId: string): Promise<number>;
  attempts: {
    find(id: string): Promise<Attempt | null>;
    /** The attempt that one click began, if it began one. */
    findByClick(clickId: string): Promise<Attempt | null>;
    /** Whether an attempt of a request goes on; one that only looks for what it may have left behind does not count. */
    hasOpen(requestId: string): Promise<boolean>;
    /** Whether a call that gives a key power, or may give some again, is on its way. */
    hasOpenGrant(accessKeyId: string): Promise<boolean>;
    /** Whether another attempt than this one sets, or may have set, roles of a key. */
    hasOtherRoleCall(accessKeyId: string, exceptId: string): Promise<boolean>;
    /** Whether something that opens less is on its way for a key, or is watched. */
    hasOpenNarrowing(accessKeyId: string): Promise<boolean>;
    /** Whether a call that gives a key power or a secret is in flight; after a lost answer it is not. */
    hasGrantInFlight(accessKeyId: string): Promise<boolean>;
    /** Whether a pause of a key is on its way; one that only watches does not count. */
    hasOpenPause(accessKeyId: string): Promise<boolean>;
    /** Ids of attempts that look for what they may have left behind. */
    searching(limit: number): Promise<string[]>;
    /** Whether a key or another attempt holds this access key id. */
    isRecorded(accessKeyId: string, exceptAttemptId: string): Promise<boolean>;
  };
  /** Ids of the access keys that the bot has signed with, in this store's time. */
  signedWith(): Promise<ReadonlySet<string>>;
  leaks: {
    /** What is told of a leak in a message of ours; null where none is remembered there. */
    find(place: CardPlace): Promise<LeakMessage | null>;
  };
  events: EventReads;
  policies: PolicyReads;
  leavers: LeaverReads;
};

/**
 * Changes that hold together or not at all. Every change of a state is one conditional write: it takes effect only while
 * the record is as it was read (state, version, and the time limit of what is open), and answers whether it did.
 */
export type Tx = Reads & {
  requests: {
    insert(request: NewRequest): Promise<void>;
    /** The requester's card of a request belongs in this DM from then on. */
    setDm(requestId: string, channelId: string): Promise<void>;
    /**
     * @param change `at` is its moment, in milliseconds: what is open must not have lapsed by then, or must have where the
     *   change is the lapse itself; `attempts` is the number of them from then on, `review` what others look at
     * @returns whether the request was as given and so changed
     */
    move(
      request: Request,
      to: RequestState,
      change: { at: number; attempts?: number; review?: Review },
    ): Promise<boolean>;
    /** Takes a request out, with its attempts; their names stay used. Answers whether it was as given, and none of them open. */
    forget(request: Request): Promise<boolean>;
  };
  keys: {
    insert(key: Omit<Key, "version">): Promise<void>;
    /** Changes the state, and what else is given; answers whether the key was as given. */
    move(key: Key, to: Pick<Key, "state"> & KeyChanges): Promise<boolean>;
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
  policies: PolicyWrites;
  leavers: LeaverReads & LeaverWrites;
  outbox: { add(message: OutboxMessage): Promise<void> };
  /** Owes a drawing to each Home that shows what these people have, and was opened lately. */
  appHomes: { owe(ownerIds: readonly string[]): Promise<void> };
  leaks: Reads["leaks"] & {
    /** Owes a drawing to each message that tells of a leak of this key. */
    owe(accessKeyId: string): Promise<void>;
  };
  timers: {
    /** Gives a request, a key or an attempt these timers, in place of those that it had. */
    set(subjectId: string, timers: readonly Timer[]): Promise<void>;
    /** Has the end of each key that may have power looked at now. */
    lookAtEnds(): Promise<void>;
    /** Has everybody who owns keys that may have power looked at. */
    lookAtOwners(dueAt: number): Promise<void>;
  };
};

/** A process that shares the store, and how many connections to Slack it may have. */
export type Replica = { name: string; connections: number };

/** What is remembered from the first start on: the workspace, the two names of the organization, and each key that was signed with. */
export type InstallationKind = "slack_team" | "tigris_organisation" | "tigris_owner" | `signed_with ${string}`;

export type StorePort = {
  /** Runs `work` on the record as it is, without a lock: nothing can be written. */
  read<Result>(work: (record: Reads) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` in one transaction. Nothing in it may go over the network.
   * @param names says, of what never changes, which names it needs to itself: no other transaction has any of them meanwhile,
   *   so what only their holders write is for `work` as if nothing else ran. On a store that one process has to itself
   *   everything is, and nobody is asked
   * @throws Conflict where something else did, and may be tried again; CommitUnknown where nobody can say whether it is
   *   written; StoreUnavailable or the store's own error where it is not
   */
  transact<Result>(
    work: (tx: Tx) => Promise<Result>,
    names?: (record: Reads) => Promise<readonly string[]>,
  ): Promise<Result>;
  outbox: OutboxPort;
  timers: TimersPort;
  cards: {
    /** Remembers where a card of a request stands in Slack. */
    set(requestId: string, card: CardKind, place: CardPlace): Promise<void>;
    /**
     * Remembers where the requester's card stands by a ring, in one transaction with what follows: that ring is owed no more, and
     * the message where it stood before is to shrink.
     */
    rang(requestId: string, place: CardPlace, ring: Ring): Promise<void>;
    /** Remembers the DM that the requester's card of a request belongs in. */
    setDm(requestId: string, channelId: string): Promise<void>;
  };
  appHomes: AppHomesPort;
  leavers: LeaverCards;
  leaks: {
    /**
     * Remembers where a message about a leak stands, for each key that it names.
     * @param keys as it shows them: it is drawn again where one of them is another by now
     */
    posted(place: CardPlace, told: { message: LeakMessage; keys: readonly Key[] }): Promise<void>;
    /** Forgets messages that are older than that: they stay as they are. @returns how many, `limit` at most */
    forget(olderThanMs: number, limit: number): Promise<number>;
  };
  /** The processes that share this store; on a store that one process has to itself, always none. */
  replicas: {
    /** This process is there. */
    seen(replica: Replica): Promise<void>;
    /** The others that were there lately. @param name of the one who asks */
    others(name: string): Promise<Replica[]>;
    /** This process goes. */
    gone(name: string): Promise<void>;
  };
  /** Remembers whom this store belongs to at the first start; later answers what it remembers. */
  claim(owner: { kind: InstallationKind; value: string }): Promise<string>;
  /** What this store remembers of its installation; null where it does not. */
  remembered(kind: InstallationKind): Promise<string | null>;
  /** The store's time, as it was last heard of: for what is decided in no transaction. In milliseconds since 1970. */
  now(): number;
  /** Tells other processes on the same store that something may be due; by best effort, since each looks by itself too. */
  wakeOthers(): void;
  /** @param wake is called when another process says so */
  onWake(wake: () => void): void;
  /** Throws where the store cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
};
