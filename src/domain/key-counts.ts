import { DAY_MS } from "./limits";
import type { Permission } from "./permission";

/** The ages of secrets that a report tells apart: up to so many milliseconds, and older. */
export const AGE_LIMITS_MS = [30 * DAY_MS, 90 * DAY_MS, 180 * DAY_MS] as const;

/** The most owners that a report names: those with the most keys. */
export const MAX_OWNERS_NAMED = 10;

/** How many keys there are that are not deleted, counted in several ways. */
export type KeyCounts = {
  all: number;
  /** For each permission, and how many of those open all buckets. */
  byPermission: readonly { permission: Permission; count: number; ofAllBuckets: number }[];
  /** By the age of their newest secret: one more than there are `AGE_LIMITS_MS`. */
  byAge: readonly number[];
  withoutEnd: number;
  neverRotated: number;
  owners: { count: number; most: readonly { ownerId: string; count: number }[] };
};
