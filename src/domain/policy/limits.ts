import { DAY_MS } from "../limits";
import { HOUR, KIBIBYTE } from "../units";

/** What a policy's file may hold, far above what people look after by hand. Lengths are in characters. */

/** The largest file, in bytes. */
export const MAX_POLICY_BYTES = 64 * KIBIBYTE;

/** How deep lists and mappings may stand in each other: the deepest that a policy has is five. */
export const MAX_POLICY_DEPTH = 12;

/** Keys beside each other: the most that a policy has is one for each rule, in what a test expects. */
export const MAX_POLICY_KEYS = 200;

export const MAX_RULES = 100;

/** Patterns of buckets in all rules together. */
export const MAX_PATTERNS = 1_000;

/** Ids in one list. */
export const MAX_PEOPLE = 1_000;

export const MAX_POLICY_TESTS = 1_000;

/** Cards name the rule that decided, beside much else. */
export const MAX_RULE_NAME = 60;

/** The longest that a policy may let a key live, where it lets it have an end at all. */
export const MAX_LIFE_MS = 3_650 * DAY_MS;

/** The longest that the key of a broken glass works: long enough for a night, short enough to be asked for anew by day. */
export const MAX_BREAK_GLASS_MS = 24 * HOUR;

/** The most people who have to say yes by one rule. */
export const MAX_COUNT = 10;

/** How many keys one person may have, the most that can be set, and what holds where nothing is. */
export const MAX_KEYS_SETTING = 1_000;
export const KEYS_PER_USER = 20;
