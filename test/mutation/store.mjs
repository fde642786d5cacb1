import { of } from "./of.mjs";

/** Conditions of the store's writes and what its tables hold, for the case that the code above fails. */

const CONDITIONS = "test/store/conditions";
const CONSTRAINTS = "test/store/constraints";
const QUOTA = "test/store/quota";
const OUTBOX = "test/store/outbox";
const TABLES = "src/store/migrations/001-first.ts";

/** @type {import("./mutations.mjs").Mutation[]} */
export const STORE = [
  ...of("src/store/requests.ts", CONDITIONS, [
    ["a request changes against its version", '.where("version", "=", request.version)'],
    ["a request changes against its state", '.where("state", "=", kind)'],
    [
      "a decision in time only, a lapse late only",
      'where("lapses_at", isLapse ? "<=" : ">", at)',
      'where("lapses_at", ">", 0)',
    ],
    ["a lapse waits for its moment", 'isLapse ? "<=" : ">"', '">"'],
    ["one request changes", '.where("id", "=", request.id)\n    .where("version"', '.where("version"'],
    ["what is late is what is open", '.where("state", "in", ["pending", "approved"])'],
    ["what lapses is late", '.where("lapses_at", "<=", at)', '.where("lapses_at", ">", 0)'],
  ]),
  ...of("src/store/requests.ts", QUOTA, [
    ["only what waits counts as waiting", '.where("state", "=", "pending")'],
    ["what was asked for long ago counts no more", '.where("asked_at", ">", since)'],
  ]),
  ...of("src/store/keys.ts", CONDITIONS, [
    ["a key changes against its version", '.where("version", "=", key.version)'],
    ["a key changes against its state", '.where("state", "=", key.state.kind)'],
    ["one key changes", '.where("access_key_id", "=", key.accessKeyId)\n    .where("version"', '.where("version"'],
  ]),
  ...of("src/store/keys.ts", QUOTA, [
    ["a key that works counts", '.where("state", "<>", "deleted")', '.where("state", "=", "rotating")'],
    ["a list holds whose it is", 'if (ownerId !== null) query = query.where("keys.owner_id", "=", ownerId);'],
    ["a list holds nothing deleted", 'selectKeys(db).where("keys.state", "<>", "deleted")', "selectKeys(db)"],
  ]),
  ...of("src/store/attempts.ts", CONDITIONS, [
    ["only the holder of the lease writes", '.where("worker_id", "=", holder)'],
    [
      "what is closed stays closed",
      '.where("worker_id", "=", holder)\n        .where("closed", "=", 0)',
      '.where("worker_id", "=", holder)',
    ],
    ["what is closed is not due", '.selectAll()\n        .where("closed", "=", 0)', ".selectAll()"],
    ["what is held is not due", '.where("lease_until", "<=", at)\n        .where("next_at"', '.where("next_at"'],
    ["what pauses is not due", '.where("next_at", "<=", at)'],
    [
      "what is held is not taken over",
      '.where("lease_until", "<=", at)\n        .where("worker_id"',
      '.where("worker_id"',
    ],
    [
      "one takes over",
      '.where("lease_until", "=", attempt.lease.until)\n        .where("lease_until", "<=", at)\n        .where("worker_id", "=", attempt.lease.workerId)',
      '.where("lease_until", "<=", at + 1_000_000)',
    ],
    ["a lease is taken as it was read", '.where("lease_until", "=", attempt.lease.until)'],
    ["a lease is taken from whom it was read", '.where("worker_id", "=", attempt.lease.workerId)'],
    [
      "what is closed is not taken over",
      '.where("id", "=", attempt.id)\n        .where("closed", "=", 0)\n        .where("lease_until"',
      '.where("id", "=", attempt.id)\n        .where("lease_until"',
    ],
    ["an id of a key is recorded", "if (key !== undefined) return true;"],
    ["an id of an attempt is recorded", "return attempt !== undefined;", "return false;"],
    ["an attempt does not find itself", '.where("id", "<>", exceptAttemptId)'],
  ]),
  ...of("src/store/index.ts", QUOTA, [
    ["open requests count", "return alive + open.count + searching.count;", "return alive + searching.count;"],
    ["keys count", "return alive + open.count + searching.count;", "return open.count + searching.count;"],
    ["keys that are looked for count", "return alive + open.count + searching.count;", "return alive + open.count;"],
    ["only open requests count", '.where("state", "in", OPEN_STATES)'],
  ]),
  ...of("src/store/index.ts", CONSTRAINTS, [
    [
      "a store stays whose it is",
      "conflict.doNothing()",
      'conflict.column("kind").doUpdateSet({ value: owner.value })',
    ],
  ]),
  ...of(TABLES, CONSTRAINTS, [
    ["one request of a form", "view_id text not null unique", "view_id text not null"],
    ["one request of a reference", "reference text not null unique", "reference text not null"],
    [
      "one key of a request",
      "request_id text not null unique references requests (id)",
      "request_id text not null references requests (id)",
    ],
    ["one key of a name", "tigris_name text not null unique", "tigris_name text not null"],
    ["one key of a delivery", "delivery_id text not null unique", "delivery_id text not null"],
    ["one attempt of a name", "tigris_name text unique", "tigris_name text"],
    ["one attempt of a click", "click_id text unique", "click_id text"],
    ["one call at a time", "create unique index one_open_attempt", "create index one_open_attempt"],
    ["no call beside a delivery", "phase in ('calling', 'delivering')", "phase in ('calling')"],
    [
      "the record is never changed",
      "before update on events begin select raise(abort, 'events are final'); end",
      "before update on events begin select 1; end",
    ],
    [
      "the record is never deleted",
      "before delete on events begin select raise(abort, 'events are final'); end",
      "before delete on events begin select 1; end",
    ],
  ]),
  ...of("src/store/database.ts", CONSTRAINTS, [
    ["keys have their requests", '"foreign_keys = on"', '"foreign_keys = off"'],
    ["the file is its owner's alone", 'openSync(file, "a", 0o600)', 'openSync(file, "a", 0o644)'],
  ]),
  ...of("src/store/outbox.ts", OUTBOX, [
    ["one sends a message", '.where("lease_until", "<=", at)\n    .orderBy', ".orderBy"],
    ["a card that changed meanwhile is drawn again", '.where("revision", "=", message.revision)'],
    ["what is put off waits", '.selectAll()\n    .where("next_at", "<=", at)', ".selectAll()"],
  ]),
];
