import { createHash } from "node:crypto";
import type { Generated } from "kysely";
import type { Tables } from "./tables";

/** What PostgreSQL alone has is about its own commits and processes. */
type Moved = Omit<Tables, "commits" | "replicas">;

type Kind<Value> =
  Extract<Value extends Generated<infer Inner> ? Inner : Value, number> extends never ? "text" : "number";

type Columns<Row> = { readonly [Column in keyof Row]-?: Kind<Row[Column]> };

/**
 * Every table that a move takes along, in an order in which each row finds the rows that it refers to; the keys that requests
 * are about come after both. Columns are in the order in which their values are compared.
 */
const MOVED: { readonly [Table in keyof Moved]: Columns<Moved[Table]> } = {
  installation: { kind: "text", value: "text", remembered_at: "number" },
  requests: {
    id: "text",
    reference: "text",
    requester_id: "text",
    kind: "text",
    asked_json: "text",
    access_key_id: "text",
    reason: "text",
    needs_approval: "number",
    asked_at: "number",
    state: "text",
    state_json: "text",
    attempts: "number",
    version: "number",
    view_id: "text",
    dm_channel_id: "text",
    requester_card_channel_id: "text",
    requester_card_ts: "text",
    approvals_card_channel_id: "text",
    approvals_card_ts: "text",
    review_json: "text",
    review_card_channel_id: "text",
    review_card_ts: "text",
  },
  keys: {
    access_key_id: "text",
    request_id: "text",
    reference: "text",
    owner_id: "text",
    key_name: "text",
    tigris_name: "text",
    permission: "text",
    buckets: "text",
    endpoint: "text",
    made_at: "number",
    delivery_id: "text",
    state: "text",
    state_json: "text",
    pause_json: "text",
    version: "number",
    end_json: "text",
    rotation_json: "text",
    age_json: "text",
    secret_since: "number",
    rotated_at: "number",
    access_change_json: "text",
  },
  attempts: {
    id: "text",
    request_id: "text",
    access_key_id: "text",
    actor_id: "text",
    started_at: "number",
    lease_holder: "text",
    lease_until: "number",
    next_at: "number",
    tries: "number",
    alerted: "number",
    kind: "text",
    phase: "text",
    number: "number",
    tigris_name: "text",
    closed: "number",
    click_id: "text",
  },
  used_names: { tigris_name: "text", reference: "text" },
  timers: { subject_id: "text", kind: "text", due_at: "number", lease_holder: "text", lease_until: "number" },
  events: {
    id: "number",
    at: "number",
    name: "text",
    actor_id: "text",
    request_id: "text",
    access_key_id: "text",
    outcome: "text",
  },
  outbox: {
    id: "number",
    card: "text",
    message_json: "text",
    created_at: "number",
    next_at: "number",
    tries: "number",
    last_code: "text",
    revision: "number",
    lease_holder: "text",
    lease_until: "number",
    daily: "number",
  },
  app_homes: {
    user_id: "text",
    opened_at: "number",
    opened_by: "text",
    acts: "number",
    drawn_acts: "number",
    look_json: "text",
    said_json: "text",
    sees_others: "number",
    drawn_at: "number",
    digest: "text",
    lease_holder: "text",
    lease_until: "number",
  },
  leak_messages: {
    access_key_id: "text",
    channel_id: "text",
    ts: "text",
    message_json: "text",
    posted_at: "number",
  },
  leavers: {
    owner_id: "text",
    state: "text",
    state_json: "text",
    changed_at: "number",
    version: "number",
    channel_id: "text",
    ts: "text",
  },
  policies: {
    digest: "text",
    text: "text",
    loaded_by: "text",
    loader: "text",
    loaded_at: "number",
    replaced_at: "number",
  },
};

/** Of how many columns the key of a table is, where it is of more than one. */
const KEY_LENGTHS: { readonly [Table in keyof Moved]?: number } = { timers: 2, leak_messages: 3 };

/** A table as a move sees it. The first `keyLength` columns are its key, in the order in which rows are compared. */
export type MovedTable = {
  name: keyof Moved;
  columns: readonly { name: string; kind: "text" | "number" }[];
  keyLength: number;
  /** Whether the database numbers its rows. */
  isNumbered: boolean;
};

export const MOVED_TABLES: readonly MovedTable[] = Object.entries(MOVED).map(([name, columns]) => ({
  name: name as keyof Moved,
  columns: Object.entries(columns).map(([column, kind]) => ({ name: column, kind })),
  keyLength: KEY_LENGTHS[name as keyof Moved] ?? 1,
  isNumbered: name === "events" || name === "outbox",
}));

/** What is remembered of a database itself: written by its start, its migrations and its probe, or by a move. */
export const OWN_KINDS = [
  "written_by",
  "oldest_usable",
  "probe",
  "store_id",
  "moved_from",
  "moved_to",
] as const satisfies readonly string[];

/** The values of one row: texts as their bytes in UTF-8, numbers in decimals. */
export type MovedRow = readonly (Buffer | null)[];

/** How many rows a table has, and a SHA-256 of them all. */
export type TableDigest = { name: string; rows: number; digest: string };

/** Reads the rows of a table one after the other, in the order of the bytes of their keys. */
export function createTableDigest(name: string): { add(row: MovedRow): void; end(): TableDigest } {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add: (row) => {
      rows += 1;
      // With the length before it no value can pass for the end of another one.
      for (const value of row) hash.update(value === null ? "-" : `${value.length}:`).update(value ?? "");
    },
    end: () => ({ name, rows, digest: hash.digest("hex") }),
  };
}

/** One digest for what a store holds in all tables. */
export function digestOfAll(tables: readonly TableDigest[]): string {
  return createHash("sha256").update(JSON.stringify(tables)).digest("hex");
}
