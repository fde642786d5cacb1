import type { KeyAtTigris, ListedKey } from "../domain/listed-key";
import type { Access } from "../domain/permission";
import type { Secret } from "../domain/secret";

/** Why nobody can say whether a call took effect. */
export type LostCause = "timeout" | "connection" | "server_error" | "malformed" | "no_secret";

/** An answer that says that nothing was changed: a 4xx with a code of Tigris's. */
export type TigrisRefusal = { kind: "refused"; status: number; code: string };
export type TigrisLost = { kind: "lost"; cause: LostCause; requestId: string | null };

export type { KeyAtTigris, ListedKey };

export type CreateAnswer = { kind: "made"; accessKeyId: string; secret: Secret } | TigrisRefusal | TigrisLost;
export type RotateAnswer = { kind: "rotated"; secret: Secret } | { kind: "gone" } | TigrisRefusal | TigrisLost;
export type DeleteAnswer = { kind: "deleted" } | { kind: "gone" } | TigrisRefusal | TigrisLost;
/** Of a call that sets something of a key: only a clear yes of Tigris's is "changed". */
export type ChangeAnswer = { kind: "changed" } | { kind: "gone" } | TigrisRefusal | TigrisLost;
/** A read that brought nothing to build on, after all its tries. */
export type ReadFailure = { kind: "unavailable"; reason: string };

/** What a call that some key signed was answered. */
export type Opened = { kind: "opened" } | { kind: "denied"; code: string } | ReadFailure;

/** What one walk over all keys showed: times as the bot's own clock would have had them. */
export type FoundKeys = { kind: "found"; keys: ListedKey[] };

/** What a look at one key showed. */
export type KeyRead = { kind: "there"; key: KeyAtTigris } | { kind: "absent" };

/** The keys that a key made. `namesKeys`: whether Tigris named any access key as the creator of any key in the list. */
export type KeysMade = { kind: "found"; keys: KeyAtTigris[]; namesKeys: boolean };

/**
 * The names of an organization: `namespace_id` of the list of keys (of the bot's own, or of another key where that one is left
 * out), and the owner of the buckets. Nobody says that the two are written alike, so neither stands for the other.
 */
export type OrganizationNames = {
  kind: "named";
  namespace: { id: string; source: "own_key" | "other_key" } | null;
  owner: string | null;
};

/** What the workflows need from Tigris. No method throws: an answer that never came is a value too. */
export type TigrisPort = {
  /** One `CreateAccessKeyWithBucketsRole`, tried once. `name` is the key's whole name in Tigris; it gets no role. */
  createKey(key: { name: string }): Promise<CreateAnswer>;
  /** One `UpdateAccessKeyWithBucketsRole` with the whole list of roles, tried once; null takes all away. */
  setRoles(accessKeyId: string, access: Access | null): Promise<ChangeAnswer>;
  /** One `UpdateAccessKey`, tried once: an inactive key keeps its roles and can do nothing. */
  setStatus(accessKeyId: string, status: "Active" | "Inactive"): Promise<ChangeAnswer>;
  /** One `RotateAccessKey`, tried once: the old secret stops at once. */
  rotateKey(accessKeyId: string): Promise<RotateAnswer>;
  /** One `DeleteAccessKey`, tried once; it may be repeated. */
  deleteKey(accessKeyId: string): Promise<DeleteAnswer>;
  /** Every key whose whole name equals `name`, over all pages of the list. */
  findKeysByName(name: string): Promise<FoundKeys | ReadFailure>;
  /** This one key as the list has it. */
  readKey(accessKeyId: string): Promise<KeyRead | ReadFailure>;
  /** The names of the policies that hang on a key, over all pages. */
  policiesOf(accessKeyId: string): Promise<{ kind: "listed"; names: string[] } | ReadFailure>;
  /** Every key whose creator is this one, over all pages of the list. */
  keysMadeBy(accessKeyId: string): Promise<KeysMade | ReadFailure>;
  /** Whether Tigris still takes the bot's own key. */
  checkOwnKey(): Promise<{ kind: "works" } | ReadFailure>;
  /** Every bucket of the organization, by name, in order. */
  listBuckets(): Promise<{ kind: "listed"; names: string[] } | ReadFailure>;
  /** What Tigris calls the organization that the bot's own key belongs to. */
  organization(): Promise<OrganizationNames | ReadFailure>;
};
