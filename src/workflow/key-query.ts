import type { Permission } from "../domain/permission";

export type KeyQuery = {
  /** Null for everybody's. */
  ownerId: string | null;
  /** Keys listed after this one (older), before it (newer), or from it on (at); null from the newest on. */
  from: { side: "older" | "newer" | "at"; accessKeyId: string } | null;
  /** Words to find in the name, or at the beginning of an id, a reference or the name of a bucket; null for any. */
  search: string | null;
  /** Only those with this permission, and those that open this bucket; null and left out for all. */
  permission?: Permission | null;
  bucket?: string | null;
  limit: number;
};

/** Keys that have exactly this id, name, or name in the Dashboard. */
export type NamedQuery = {
  named: string;
  /** Null for everybody's. */
  ownerId: string | null;
  /** Whose come before others'. */
  firstId: string;
  limit: number;
};
