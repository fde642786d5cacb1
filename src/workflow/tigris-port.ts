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

/** What the workflows need from Tigris. No method throws: an answer that never came is a value too. */
export type TigrisPort = {
  /** One `CreateAccessKeyWithBucketsRole`, tried once. `name` is the key's whole name in Tigris. */
  createKey(key: { name: string; permission: Permission; buckets: BucketScope }): Promise<CreateAnswer>;
  /** One `RotateAccessKey`, tried once: the old secret stops at once. */
  rotateKey(accessKeyId: string): Promise<RotateAnswer>;
  /** One `DeleteAccessKey`, tried once; it may be repeated. */
  deleteKey(accessKeyId: string): Promise<DeleteAnswer>;
  /** Every key whose whole name equals `name`, over all pages of the list. */
  findKeysByName(name: string): Promise<{ kind: "found"; keys: ListedKey[] } | ReadFailure>;
  /** Every bucket of the organisation, by name, in order. */
  listBuckets(): Promise<{ kind: "listed"; names: string[] } | ReadFailure>;
  /** The organisation that the bot's own key belongs to (Tigris's `namespace_id`). */
  organisation(): Promise<{ kind: "known"; organisation: string } | ReadFailure>;
};
