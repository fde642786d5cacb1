import type { ListedKey } from "../domain/listed-key";
import type { BucketScope, Permission } from "../domain/permission";
import type { Secret } from "../domain/secret";

/** Why nobody can say whether a call took effect. */
export type LostCause = "timeout" | "connection" | "server_error" | "malformed" | "no_secret";

/** An answer that says that nothing was changed: a 4xx with a code of Tigris's. */
export type TigrisRefusal = { kind: "refused"; status: number; code: string };
export type TigrisLost = { kind: "lost"; cause: LostCause; requestId: string | null };

export type { ListedKey };

export type CreateAnswer = { kind: "made"; accessKeyId: string; secret: Secret } | TigrisRefusal | TigrisLost;
export type RotateAnswer = { kind: "rotated"; secret: Secret } | { kind: "gone" } | TigrisRefusal | TigrisLost;
export type DeleteAnswer = { kind: "deleted" } | { kind: "gone" } | TigrisRefusal | TigrisLost;
/** A read that brought nothing to build on, after all its tries. */
export type ReadFailure = { kind: "unavailable"; reason: string };

/** What one walk over all keys showed: times as the bot's own clock would have had them. */
export type FoundKeys = {
  kind: "found";
  keys: ListedKey[];
  /** Whether the bot's own key was in it. */
  isOwnListed: boolean;
  /** Those of the expected keys that were not. */
  missing: string[];
};

/**
 * The names of an organisation: `namespace_id` of the list of keys (of the bot's own, or of another key where that one is left
 * out), and the owner of the buckets. Nobody says that the two are written alike, so neither stands for the other.
 */
export type OrganisationNames = {
  kind: "named";
  namespace: { id: string; source: "own_key" | "other_key" } | null;
  owner: string | null;
};

/** What the workflows need from Tigris. No method throws: an answer that never came is a value too. */
export type TigrisPort = {
  /** One `CreateAccessKeyWithBucketsRole`, tried once. `name` is the key's whole name in Tigris. */
  createKey(key: { name: string; permission: Permission; buckets: BucketScope }): Promise<CreateAnswer>;
  /** One `RotateAccessKey`, tried once: the old secret stops at once. */
  rotateKey(accessKeyId: string): Promise<RotateAnswer>;
  /** One `DeleteAccessKey`, tried once; it may be repeated. */
  deleteKey(accessKeyId: string): Promise<DeleteAnswer>;
  /**
   * Every key whose whole name equals `name`, over all pages of the list.
   * @param expected ids of keys that a whole list would show
   */
  findKeysByName(name: string, expected: readonly string[]): Promise<FoundKeys | ReadFailure>;
  /** Whether a look at this one key finds it. */
  isListed(accessKeyId: string): Promise<{ kind: "there" } | { kind: "absent" } | ReadFailure>;
  /** Whether Tigris still takes the bot's own key. */
  checkOwnKey(): Promise<{ kind: "works" } | ReadFailure>;
  /** Every bucket of the organisation, by name, in order. */
  listBuckets(): Promise<{ kind: "listed"; names: string[] } | ReadFailure>;
  /** What Tigris calls the organisation that the bot's own key belongs to. */
  organisation(): Promise<OrganisationNames | ReadFailure>;
};
