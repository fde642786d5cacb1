import { of } from "./of.mjs";

/** Conditions of the store's writes and what its tables hold, for the case that the code above fails. */

const CONDITIONS = "test/store/conditions";
const CONSTRAINTS = "test/store/constraints";
const QUOTA = "test/store/quota";
const OUTBOX = "test/store/outbox";
const TIMERS = "test/store/timers";
const SHAPES = "test/store/shapes";
const VERSIONS = "test/store/versions";
const PAGES = "test/store/key-pages";
const TABLES = "src/store/migrations/001-first.ts";

/** What nobody holds, in the store's own words. */
const FREE = '.where((eb) => eb.or([eb("lease_until", "<=", at), eb("lease_until", ">", tooFarAhead(at, LEASE_MS))]))';

/** @type {import("./mutations.mjs").Mutation[]} */
export const STORE = [
  ...of("src/store/requests.ts", CONDITIONS, [
    ["a request changes against its version", '.where("version", "=", request.version)'],
    ["a request changes against its state", '.where("state", "=", request.state.kind)'],
    [
      "a decision in time only",
      "return isLapse === isOpenTimeOver(from.lapsesAt, at);",
      "return isLapse ? isOpenTimeOver(from.lapsesAt, at) : true;",
    ],
    [
      "a lapse waits for its moment",
      "return isLapse === isOpenTimeOver(from.lapsesAt, at);",
      "return isLapse || !isOpenTimeOver(from.lapsesAt, at);",
    ],
    ["one request changes", '.where("id", "=", request.id)\n    .where("version"', '.where("version"'],
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
    [
      "a key that works counts",
      '"<>", sql.lit("deleted")))\n        .executeTakeFirstOrThrow()',
      '"=", sql.lit("rotating")))\n        .executeTakeFirstOrThrow()',
    ],
  ]),
  ...of("src/store/key-pages.ts", QUOTA, [
    ["a list holds whose it is", 'if (ownerId !== null) query = query.where("owner_id", "=", ownerId);'],
    ["a list holds nothing deleted", '\n    .where((eb) => eb("state", "<>", sql.lit("deleted")))'],
  ]),
  ...of("src/store/attempts.ts", CONDITIONS, [
    ["only the holder of the lease writes", '.where("lease_holder", "=", holder)'],
    [
      "what is closed stays closed",
      '.where("lease_holder", "=", holder)\n        .where("closed", "=", 0)',
      '.where("lease_holder", "=", holder)',
    ],
    ["what is held is not taken over", "if (!isLeaseOver(attempt.lease.until, at)) return false;"],
    [
      "one takes over",
      '.where("lease_until", "=", attempt.lease.until)\n        .where("lease_holder", "=", attempt.lease.holder)',
    ],
    ["a lease is taken as it was read", '.where("lease_until", "=", attempt.lease.until)'],
    ["a lease is taken from whom it was read", '.where("lease_holder", "=", attempt.lease.holder)'],
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
    ["the file is its owner's alone", "chmodSync(file, 0o600)", "chmodSync(file, 0o644)"],
    [
      "a copy that everybody could read is its owner's alone",
      "if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);",
    ],
  ]),
  ...of("src/store/outbox.ts", OUTBOX, [
    ["one sends a message", FREE],
    ["a card that changed meanwhile is drawn again", '.where("revision", "=", message.revision)'],
    [
      "what is put off waits",
      '.where((eb) => eb.or([eb("next_at", "<=", at), eb("next_at", ">", tooFarAhead(at, MESSAGE_PAUSE.mostMs))]))',
    ],
  ]),
  ...of("src/store/timers.ts", TIMERS, [
    ["what lapses is late", '.where("due_at", "<=", at)'],
    ["one does what is due", FREE],
    ["whoever takes what is due has it for a while", "lease_until: lease.until", "lease_until: 0"],
    ["each job has what is its own", '.where("kind", "=", kind)\n    .where((eb)', ".where((eb)"],
    [
      "a timer takes the place of the one before",
      'await db.deleteFrom("timers").where("subject_id", "=", subjectId).execute();',
    ],
  ]),
  ...of("src/store/shapes.ts", SHAPES, [
    ["what does not fit is an error", "if (!success) throw new UnknownShape(row);"],
    [
      "what is no JSON names its row",
      "throw new UnknownShape(row);\n  }\n  stored(",
      'throw new SyntaxError("no JSON");\n  }\n  stored(',
    ],
    ["a shape of a later version is an error", "stored(z.object({ v }), value, row);"],
    ["what is stored says the version of its shape", "{ v: SHAPE_VERSION, ...value }", "value"],
    ["an older state may lack its failure", "\n  .default(null)"],
    ...[
      ["notice", "userId"],
      ["approvals_note", "requestId"],
    ].map(([kind, whose]) => [
      `an older ${kind} is read`,
      `z.literal("${kind}"), ${whose}: text, sentence`,
      `z.literal("no ${kind}"), ${whose}: text, sentence`,
    ]),
    ["an older alert is read", 'z.literal("alert"), sentence', 'z.literal("no alert"), sentence'],
    ["what can't be read is told", "onUnreadable(error.row);"],
    ["an attempt is at a phase of its kind", "=> stored(work, columns, row);", "=> columns as Work;"],
    [
      "a key for Admin has no list of buckets",
      'z.literal("Admin"), buckets: z.object({ kind: z.literal("all") })',
      'z.literal("Admin"), buckets: scope',
    ],
  ]),
  ...of("src/store/key-pages.ts", SHAPES, [
    ["a key that can't be read hides no other", "orUnreadable(() => toKey(row), onUnreadable)", "toKey(row)"],
    [
      "a page whose keys can't be read says that there are more",
      "isCut: rows.length > limit",
      "isCut: keys.length > limit",
    ],
  ]),
  ...of("src/store/outbox.ts", SHAPES, [
    [
      "a message that can't be read holds up no other",
      "orUnreadable(() => messageOf(",
      "((read) => read())(() => messageOf(",
    ],
    [
      "messages behind one that can't be read have their turn",
      "if (messages.length > 0 || taken === 0) return",
      "return",
    ],
  ]),
  ...of("src/store/migrations/005-deletions-wait-for-nothing.ts", "test/store/constraints", [
    ["one call at a time", "create unique index one_open_attempt", "create index one_open_attempt"],
    [
      "no call beside a delivery",
      "phase in ('calling', 'delivering') and kind <> 'delete'",
      "phase in ('calling') and kind <> 'delete'",
    ],
  ]),
  ...of("src/store/migrate.ts", VERSIONS, [
    [
      "a database that a newer version has changed is refused",
      'throw new NewerDatabase((await remembered(db, "written_by")) ?? "a newer version");',
      "return;",
    ],
    ["a database that a newer version has added to is used", "if (needed !== null && needed in MIGRATIONS) return;"],
    ["a database says who wrote it", 'await remember(db, "written_by", VERSION);'],
    ["a database says what it needs", 'await remember(db, "oldest_usable", OLDEST_USABLE);'],
  ]),
  ...of("src/store/migrations/index.ts", VERSIONS, [
    ["a database needs the newest version that broke the older ones", ".findLast(", ".find("],
  ]),
  ...of("src/store/key-pages.ts", PAGES, [
    ["a list is newest first", 'from?.side === "newer" ? "asc" : "desc"', '"asc"'],
    ["a page is older or newer than its key", 'from.side === "newer" ? ">" : "<"', '"<"'],
    ["a page before is newest first too", 'order === "asc" ? keys.reverse() : keys', "keys"],
    ["each word is found", "for (const word of words)", "for (const word of words.slice(0, 1))"],
    ["what is looked for is a text, not a query", "word.replaceAll('\"', '\"\"')", "word"],
    ["a search heeds few words", ".slice(0, MAX_SEARCH_WORDS)"],
    ["no text that is looked for ends early", '.replaceAll("\\u0000", " ")'],
  ]),
  ...of("src/store/keys.ts", PAGES, [
    [
      "a key can be found",
      'await db.insertInto("key_search").values({ access_key_id: key.accessKeyId, words }).execute();',
    ],
  ]),
];
