import type { Faults } from "../faults";
import type { Behaviour } from "./behaviour";
import type { TigrisCall } from "./calls";
import type { ErrorFormat } from "./errors";
import type { KeyPair } from "./key-pair";
import type { BucketRole, KeyStatus, KeyView } from "./organization";
import type { Power } from "./try-power";
import type { Use } from "./use";

export type TigrisOptions = {
  /** 0 for any. */
  port?: number;
  /** Milliseconds since 1970: when keys are made, what answers name as their date, and what signatures are held against. */
  now?: () => number;
  organization: string;
  /** An admin's key that exists from the start. */
  rootKey: KeyPair;
  otherKeys?: (KeyPair & { name: string; bucketsRole: BucketRole[] })[];
  buckets: string[];
  /** Errors in one form, whatever a caller asks for; XML unless JSON is asked for where left out. */
  errorFormat?: ErrorFormat;
  /** The most keys on one page of a list. */
  pageSize?: number;
  /** Keeps the keys in this file, secrets too, from one start to the next. */
  keptFile?: string;
  /** What a list says of a key. */
  listed?: { creator: boolean; createdAt: boolean };
};

export type TigrisControls = {
  setBuckets(names: string[]): void;
  /** Lists show the keys of this moment until it is let go. */
  freezeListing(): { release(): void };
  /** Lists show the keys of so many milliseconds ago, by the clock that was passed in; 0 for the truth. Also a `behave`. */
  lagListing(ms: number): void;
  /** Lists show no key at all, or all again. */
  emptyListing(isEmpty: boolean): void;
  /** Lists end after so many pages as if there were no more; null for the truth. */
  cutListing(lastPage: number | null): void;
  /** No list shows these keys, also where one of them is asked for; none again where there are none. */
  leaveOut(accessKeyIds: string[]): void;
  /** Pages do not show these keys, while a look at one of them does; all again where there are none. */
  leaveOutOfPages(accessKeyIds: string[]): void;
  /** Its clock is so far ahead of the one that was passed in: signatures are checked by it, answers name its time. */
  setClockAhead(ms: number): void;
  /** Changes how it behaves from now on, and leaves the rest as it is. */
  behave(changes: Partial<Behaviour>): void;
  /** Replaces all roles of a key, as somebody does in the Dashboard. */
  setKeyRoles(accessKeyId: string, roles: BucketRole[]): void;
  setKeyStatus(accessKeyId: string, status: KeyStatus): void;
  /** Attaches a policy to a key, and makes it first, of these statements, where there is none of that name. */
  attachPolicy(accessKeyId: string, policyName: string, statements?: object[]): void;
  detachPolicy(accessKeyId: string, policyName: string): void;
  removeKey(accessKeyId: string): void;
  /** Makes a key as the Dashboard does. */
  addKey(name: string, roles: BucketRole[]): KeyView;
  setOrganization(namespaceId: string): void;
};

export type TigrisStandIn = {
  url: string;
  iamUrl: string;
  s3Url: string;
  faults: Faults;
  calls: TigrisCall[];
  keys(): KeyView[];
  /** Every secret that there ever was, for whoever searches for them. */
  secrets(): string[];
  controls: TigrisControls;
  /** Signs real calls with a pair, and says what it may do: `ok` that it is the right pair of a key that is active. */
  use(accessKeyId: string, secretAccessKey: string): Promise<Use>;
  /**
   * Signs a call of each kind with a pair, and says which work, and leaves nothing behind.
   * @param buckets where objects are tried; all, 50 at most, where left out
   */
  tryAll(accessKeyId: string, secretAccessKey: string, buckets?: readonly string[]): Promise<Power>;
  /** Lets every held call go and cuts all connections. */
  stop(): Promise<void>;
};
