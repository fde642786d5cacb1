import type { LoadedBy } from "../domain/policy/load";

/** The text of a policy's file, and its digest (SHA-256, in hexadecimal digits). */
export type PolicyText = { digest: string; text: string };

/** A policy that was put in force. Moments are in milliseconds since 1970, UTC. */
export type LoadedPolicy = PolicyText & {
  loadedBy: LoadedBy;
  /** The process that read the file. */
  loader: string;
  loadedAt: number;
  /** When another one came in its place; null while it is in force. */
  replacedAt: number | null;
};

/** A policy that is to be in force. */
export type PolicyToLoad = PolicyText & Pick<LoadedPolicy, "loadedBy" | "loader">;

export type PolicyReads = {
  /** The digest of the policy in force; null where no file ever was. */
  digestInForce(): Promise<string | null>;
  /** A policy that is or was in force, by its digest. */
  find(digest: string): Promise<LoadedPolicy | null>;
};

export type PolicyWrites = {
  /**
   * Puts a policy in force in place of the one with that digest, or of none.
   * @returns whether that one still was in force, and so is replaced
   */
  replace(before: string | null, policy: PolicyToLoad): Promise<boolean>;
};
