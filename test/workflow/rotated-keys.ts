import type { Key } from "../../src/domain/key";
import type { Rotation } from "../../src/domain/rotation";
import type { Beside } from "../../src/workflow/overlap";
import { KEYS, pausedBy } from "./keys";
import { NOW } from "./samples";

/** Both keys of a rotation with overlap, for tests. */

export const DAY = 86_400_000;
export const BY_OVERLAP = { kind: "overlap", byId: "bot", at: NOW } as const;

export const follows = (isBegun: boolean): Rotation => ({
  kind: "follows",
  accessKeyId: "tid_one",
  overlapMs: DAY,
  isBegun,
});
export const followed = (pausesAt: number, deletesAt: number | null = null): Rotation => ({
  kind: "followed",
  by: "tid_two",
  pausesAt,
  deletesAt,
});
export const second = (changes: Partial<Key> = {}): Key => ({
  ...KEYS.live,
  accessKeyId: "tid_two",
  requestId: "request-2",
  rotation: follows(true),
  ...changes,
});
export const first = (changes: Partial<Key> = {}): Key => ({ ...KEYS.live, rotation: followed(NOW), ...changes });
export const replaced = (deletesAt: number | null, changes: Partial<Key> = {}): Key =>
  pausedBy(first({ rotation: followed(NOW - DAY, deletesAt), ...changes }), { holds: [BY_OVERLAP], stands: "paused" });
export const beside = (changes: Partial<Beside> = {}): Beside => ({
  second: second(),
  isPauseOpen: false,
  at: NOW,
  ...changes,
});
export const CALLED_OFF = { kind: "called_off", by: "tid_two" };
