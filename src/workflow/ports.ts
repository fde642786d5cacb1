import type { Handout } from "../domain/permission";
import type { People } from "../domain/person";
import type { RecentBuckets } from "./buckets";
import type { AllBuckets } from "./calls/call";
import type { ChangePorts } from "./change";
import type { CheckPorts } from "./check-person";
import type { MessengerPort } from "./messenger-port";
import type { PolicyPort } from "./policy-port";
import type { TigrisPort } from "./tigris-port";

/** Everything that the verbs need from outside. Each names what it takes of it; only `app.ts` puts all of it together. */
export type Ports = ChangePorts &
  CheckPorts & {
    ids: Ids;
    messenger: MessengerPort;
    tigris: TigrisPort;
    recentBuckets: RecentBuckets;
    allBuckets: AllBuckets;
    policy: PolicyPort;
  };

/** What never changes while the bot runs. */
export type Settings = {
  limits: Limits;
  /** How long what has ended is kept, in milliseconds. */
  keepMs: number;
  /** Who looks after all keys: lists, pauses, deletes and withdraws. Who decides is the policy's to say. */
  approvers: People;
  approvalsChannelId: string;
  /** The addresses that go with a key. */
  handout: Handout;
  /** The access key that the bot itself uses. */
  ownAccessKeyId: string;
  /** This process, in leases. */
  leaseHolder: string;
};

/** Limits that are set once. Times are in milliseconds. */
export type Limits = {
  /** How many keys of others one person may delete within an hour; each further one waits for somebody else. */
  maxDeletionsPerHour: number;
  /** How long a request waits for a decision. */
  requestTtlMs: number;
  /** How long an approval can be used. */
  revealTtlMs: number;
  /** How long a key that has ended is kept, paused, once its owner was told; an Admin key for a day at the most. */
  endGraceMs: number;
  /** How long the keys of somebody who has left go on, once it was told: those that needed nobody's approval. */
  orphanGraceMs: number;
  /** How old a secret is when its owner is asked about it; null where nobody is. */
  rotateAfterMs: number | null;
};

export type Ids = {
  /** A new unique id. */
  unique(): string;
  /** A random integer from 0 to 255, from a source that cannot be guessed. */
  randomByte(): number;
};

/** Events, never payloads. */
export type Log = {
  info(fields: { event: string } & Record<string, unknown>): void;
  warn(fields: { event: string } & Record<string, unknown>): void;
  error(fields: { event: string } & Record<string, unknown>): void;
};

export type Unavailable = { kind: "unavailable"; reason: string };
