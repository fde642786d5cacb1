import type { Permission } from "../permission";
import type { People } from "../person";

/** Which requests a rule fits. Each bucket of a request is matched by itself. */
export type When = {
  permissions: readonly Permission[];
  /** Patterns of bucket names, in which `*` stands for any characters. Null: any name, unless the rule is for all buckets only. */
  buckets: readonly string[] | null;
  /** Whether it fits requests for all buckets, new ones included. An Admin key has no buckets: its permission alone counts. */
  allBuckets: boolean;
};

/** How many different people have to say yes, and who they are. Never the requester. */
export type Deciders = { people: People; count: number };

/** How long a key lives, in milliseconds; null: it has no end. */
export type Lasts = { defaultMs: number | null; longestMs: number | null };

/** Who else may decide once a request has waited for so long, in milliseconds. They are told then. */
export type Escalation = { afterMs: number; to: People };

export type Rule = {
  /** What people read: "rule ‹name›". No two of one policy are called the same. */
  name: string;
  when: When;
  /** Who may ask; null: every full member. */
  ask: People | null;
  /** Null: nobody has to approve. */
  decide: Deciders | null;
  /** Null: the rule says nothing about it. */
  lasts: Lasts | null;
  escalate: Escalation | null;
};

/** Who gets a key at once where nobody can be asked, for how long in milliseconds, and the channel that is told. */
export type BreakGlass = { who: People; lastsMs: number; tellChannelId: string };

/** Who may ask for what, who decides, and for how long. The first rule that fits counts. */
export type Policy = {
  rules: readonly Rule[];
  maxKeysPerUser: number;
  /** Null: there is no way in without an approval. */
  breakGlass: BreakGlass | null;
};
