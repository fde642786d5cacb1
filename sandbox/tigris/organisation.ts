import { randomBytes } from "node:crypto";

export type Role = "ReadOnly" | "ReadWrite" | "Editor" | "NamespaceAdmin";
export type BucketRole = { bucket: string; role: Role };

/** An access key with its secret, as only the organisation itself knows it. */
export type StoredKey = {
  accessKeyId: string;
  secret: string;
  name: string;
  status: "active" | "inactive";
  bucketsRole: BucketRole[];
  createdAt: number;
  /** The key that made it; null for keys of the Dashboard. */
  creator: string | null;
  lastUsedAt: number | null;
};

export type KeyView = Omit<StoredKey, "secret">;

export type RootKey = { accessKeyId: string; secretAccessKey: string };

/** How lists of keys depart from the truth. */
type Listing = {
  /** Shown instead of the keys that there are. */
  instead: StoredKey[] | null;
  /** Lists show the keys of so long ago. */
  lagMs: number;
  /** The list ends after so many pages, as if there were no more. */
  lastPage: number | null;
  /** Keys that no list shows. */
  leftOut: Set<string>;
  /** Keys that only a look at the one key shows. */
  leftOutOfPages: Set<string>;
};

/** Everything that the stand-in holds, in memory. */
export class Organisation {
  namespaceId: string;
  buckets: string[];
  readonly keys = new Map<string, StoredKey>();
  readonly objects = new Map<string, string>();
  /** Every secret that there ever was. */
  readonly secrets: string[] = [];
  readonly now: () => number;
  /** How far its clock is ahead of the one that was passed in. */
  aheadMs = 0;
  readonly listing: Listing = {
    instead: null,
    lagMs: 0,
    lastPage: null,
    leftOut: new Set(),
    leftOutOfPages: new Set(),
  };
  readonly #startedAt: number;
  readonly #removed: { key: StoredKey; at: number }[] = [];

  constructor(options: { organisation: string; rootKey: RootKey; buckets: string[]; now: () => number }) {
    this.namespaceId = options.organisation;
    this.buckets = [...options.buckets];
    this.now = () => options.now() + this.aheadMs;
    this.#startedAt = options.now();
    this.addKey("root", [{ bucket: "*", role: "NamespaceAdmin" }], null, options.rootKey);
  }

  addKey(name: string, bucketsRole: BucketRole[], creator: string | null, pair: RootKey = newPair()): StoredKey {
    const key: StoredKey = {
      accessKeyId: pair.accessKeyId,
      secret: pair.secretAccessKey,
      name,
      status: "active",
      bucketsRole,
      createdAt: this.now(),
      creator,
      lastUsedAt: null,
    };
    this.keys.set(key.accessKeyId, key);
    this.secrets.push(key.secret);
    return key;
  }

  /** Replaces a secret: the old one stops at once. */
  rotate(key: StoredKey): string {
    key.secret = newPair().secretAccessKey;
    this.secrets.push(key.secret);
    return key.secret;
  }

  /** Takes a key away: it stops at once. @returns whether it was there */
  removeKey(accessKeyId: string): boolean {
    const key = this.keys.get(accessKeyId);
    if (!key) return false;
    this.keys.delete(accessKeyId);
    this.#removed.push({ key, at: this.now() });
    return true;
  }

  /** The keys that a list shows now, in the order of their ids. */
  listed(): StoredKey[] {
    const { instead, lagMs, leftOut } = this.listing;
    const shown = instead ?? (lagMs === 0 ? [...this.keys.values()] : this.#keysAt(this.now() - lagMs));
    return shown
      .filter(({ accessKeyId }) => !leftOut.has(accessKeyId))
      .sort((one, other) => (one.accessKeyId < other.accessKeyId ? -1 : 1));
  }

  /** What was there from the start counts as always there. */
  #keysAt(moment: number): StoredKey[] {
    const at = Math.max(moment, this.#startedAt);
    const removedLater = this.#removed.filter((removed) => removed.at > at).map(({ key }) => key);
    return [...this.keys.values(), ...removedLater].filter(({ createdAt }) => createdAt <= at);
  }
}

/** An id and a secret of the forms that Tigris's have. */
function newPair(): RootKey {
  return {
    accessKeyId: `tid_${randomBytes(18).toString("base64url")}`,
    secretAccessKey: `tsec_${randomBytes(36).toString("base64url")}`,
  };
}
