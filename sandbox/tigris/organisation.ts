import { randomBytes } from "node:crypto";

export type Role = "ReadOnly" | "Editor" | "NamespaceAdmin";
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

/** Everything that the stand-in holds, in memory. */
export class Organisation {
  namespaceId: string;
  buckets: string[];
  readonly keys = new Map<string, StoredKey>();
  readonly objects = new Map<string, string>();
  /** Every secret that there ever was. */
  readonly secrets: string[] = [];
  readonly now: () => number;
  /** What a list shows instead of the keys that there are; null for the truth. */
  shownInstead: StoredKey[] | null = null;

  constructor(options: { organisation: string; rootKey: RootKey; buckets: string[]; now: () => number }) {
    this.namespaceId = options.organisation;
    this.buckets = [...options.buckets];
    this.now = options.now;
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

  listed(): StoredKey[] {
    return this.shownInstead ?? [...this.keys.values()];
  }
}

/** An id and a secret of the forms that Tigris's have. */
function newPair(): RootKey {
  return {
    accessKeyId: `tid_${randomBytes(18).toString("base64url")}`,
    secretAccessKey: `tsec_${randomBytes(36).toString("base64url")}`,
  };
}

export function isAdmin(key: StoredKey): boolean {
  return key.bucketsRole.some(({ bucket, role }) => bucket === "*" && role === "NamespaceAdmin");
}

/** Whether a key may do what a role allows in a bucket. */
export function reaches(key: StoredKey, bucket: string, role: "ReadOnly" | "Editor"): boolean {
  if (isAdmin(key)) return true;
  return key.bucketsRole.some(
    (one) => (one.bucket === bucket || one.bucket === "*") && (one.role === role || one.role === "Editor"),
  );
}
