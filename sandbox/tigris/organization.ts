import { randomUUID } from "node:crypto";
import { type Behaviour, usualBehaviour } from "./behaviour";
import { KeyHistory } from "./key-history";
import { type KeyPair, newPair, newSecret } from "./key-pair";
import type { Policy } from "./policy";
import type { StoredObject } from "./s3-objects";

export type Role = "ReadOnly" | "ReadWrite" | "Editor" | "NamespaceAdmin";
export type BucketRole = { bucket: string; role: Role };
export type KeyStatus = "active" | "inactive";

/** An access key with its secret, as only the organization itself knows it. */
export type StoredKey = {
  accessKeyId: string;
  secret: string;
  name: string;
  status: KeyStatus;
  bucketsRole: BucketRole[];
  /** The names of the policies that are attached to it. */
  policies: string[];
  createdAt: number;
  /** The key that made it; null for keys of the Dashboard. */
  creator: string | null;
  lastUsedAt: number | null;
};

export type KeyView = Omit<StoredKey, "secret">;

/** How lists of keys depart from the truth, beside how they lag. */
type Listing = {
  /** Shown instead of the keys that there are. */
  instead: StoredKey[] | null;
  /** The list ends after so many pages, as if there were no more. */
  lastPage: number | null;
  /** Keys that no list shows. */
  leftOut: Set<string>;
  /** Keys that only a look at the one key shows. */
  leftOutOfPages: Set<string>;
};

/** Everything that the stand-in holds, in memory. */
export class Organization {
  namespaceId: string;
  buckets: string[];
  readonly keys = new Map<string, StoredKey>();
  /** The key that made a bucket, where one did. */
  readonly bucketMakers = new Map<string, string>();
  /** By bucket and key, with a slash between them. */
  readonly objects = new Map<string, StoredObject>();
  /** By their names. */
  readonly policies = new Map<string, Policy>();
  /** Every secret that there ever was. */
  readonly secrets: string[] = [];
  readonly now: () => number;
  /** How far its clock is ahead of the one that was passed in. */
  aheadMs = 0;
  readonly behaviour: Behaviour = usualBehaviour();
  readonly listing: Listing = { instead: null, lastPage: null, leftOut: new Set(), leftOutOfPages: new Set() };
  readonly #startedAt: number;
  readonly #history = new KeyHistory();
  /** The moment as which something is done; null for now. */
  #moment: number | null = null;
  #pairsMade = 0;

  constructor(options: { organization: string; rootKey: KeyPair; buckets: string[]; now: () => number }) {
    this.namespaceId = options.organization;
    this.buckets = [...options.buckets];
    this.now = () => this.#moment ?? options.now() + this.aheadMs;
    this.#startedAt = options.now();
    this.addKey("root", [{ bucket: "*", role: "NamespaceAdmin" }], null, options.rootKey);
  }

  /** Does something as if it were done at another moment. */
  asAt<T>(moment: number, act: () => T): T {
    this.#moment = moment;
    try {
      return act();
    } finally {
      this.#moment = null;
    }
  }

  addKey(name: string, bucketsRole: BucketRole[], creator: string | null, pair?: KeyPair): StoredKey {
    const { accessKeyId, secretAccessKey } = pair ?? newPair(this.#isNextLong());
    const key: StoredKey = {
      accessKeyId,
      secret: secretAccessKey,
      name,
      status: "active",
      bucketsRole,
      policies: [],
      createdAt: this.now(),
      creator,
      lastUsedAt: null,
    };
    this.secrets.push(key.secret);
    this.#keep(key, this.now());
    return key;
  }

  /** Takes up a key as an earlier start left it. */
  restoreKey(key: StoredKey): void {
    this.#keep(key, this.#startedAt);
  }

  /** Replaces a secret: the old one stops at once. */
  rotate(key: StoredKey): string {
    key.secret = newSecret(this.#isNextLong());
    this.secrets.push(key.secret);
    return key.secret;
  }

  /** Replaces all roles of a key. */
  setRoles(key: StoredKey, roles: BucketRole[]): void {
    key.bucketsRole = roles;
    this.#history.note(key, this.now());
  }

  setStatus(key: StoredKey, status: KeyStatus): void {
    key.status = status;
    this.#history.note(key, this.now());
  }

  /** Takes a key away: it stops at once. */
  removeKey(accessKeyId: string): void {
    if (this.keys.delete(accessKeyId)) this.#history.noteGone(accessKeyId, this.now());
  }

  /** Takes a key away, and forgets that it was there. */
  forgetKey(accessKeyId: string): void {
    this.keys.delete(accessKeyId);
    this.#history.forget(accessKeyId);
  }

  addPolicy({ name, document, description }: Pick<Policy, "name" | "document" | "description">): Policy {
    const at = this.now();
    const arn = `arn:aws:iam::${this.namespaceId}:policy/${name}`;
    const policy = { name, id: `pol_${randomUUID()}`, arn, description, document, createdAt: at, updatedAt: at };
    this.policies.set(name, policy);
    return policy;
  }

  policyByArn(asked: string): Policy | undefined {
    return [...this.policies.values()].find(({ arn }) => arn === asked);
  }

  /** The keys that a policy is attached to. */
  holdersOf(policyName: string): StoredKey[] {
    return [...this.keys.values()].filter(({ policies }) => policies.includes(policyName));
  }

  attach(key: StoredKey, policyName: string): void {
    key.policies = [...new Set([...key.policies, policyName])];
  }

  detach(key: StoredKey, policyName: string): void {
    key.policies = key.policies.filter((name) => name !== policyName);
  }

  /** The keys that a list shows now, in the order of their ids. */
  listed(): StoredKey[] {
    const { instead, leftOut } = this.listing;
    return (instead ?? this.#seen())
      .filter(({ accessKeyId }) => !leftOut.has(accessKeyId))
      .sort((one, other) => (one.accessKeyId < other.accessKeyId ? -1 : 1));
  }

  /** What was there from the start counts as always there. */
  #seen(): StoredKey[] {
    const { listLagMs } = this.behaviour;
    if (listLagMs === 0) return [...this.keys.values()];
    return this.#history.asOf(Math.max(this.now() - listLagMs, this.#startedAt));
  }

  #keep(key: StoredKey, at: number): void {
    this.keys.set(key.accessKeyId, key);
    this.#history.note(key, at);
  }

  #isNextLong(): boolean {
    const { pairs } = this.behaviour;
    this.#pairsMade += 1;
    return pairs === "long" || (pairs === "alternating" && this.#pairsMade % 2 === 1);
  }
}
