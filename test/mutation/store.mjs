import { of } from "./of.mjs";

/** Conditions of the store's writes, for the case that the code above fails. */

const CONDITIONS = "test/store/conditions";
const CONSTRAINTS = "test/store/constraints";
const QUOTA = "test/store/quota";
const OUTBOX = "test/store/outbox";
const TIMERS = "test/store/timers";
const ATTEMPTS = "test/store/attempts";
const FORGET = "test/store/forget";
const VERSIONS = "test/store/versions";
const PAGES = "test/store/key-pages";

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
    ["a key that works counts", '"<>", sql.lit("deleted")))\n  );', '"=", sql.lit("rotating")))\n  );'],
    ["a key that is off does not count", '.where("state", "<>", "off")'],
    [
      "a key that goes since it was never on does not count",
      'eb(jsonText("state_json", "byId"), "is not", null)',
      'eb("state", "=", "deleting")',
    ],
  ]),
  ...of("src/store/key-pages.ts", QUOTA, [
    ["a list holds whose it is", 'ownerId === null ? query : query.where("owner_id", "=", ownerId)', "query"],
    ["a list holds nothing deleted", '\n    .where((eb) => eb("state", "<>", sql.lit("deleted")))'],
  ]),
  ...of("src/store/attempts.ts", ATTEMPTS, [
    ["a request waits for no search", '\n          .where("phase", "<>", "searching")'],
    ["who only watches does not pause", '.where("phase", "<>", "watching")'],
    [
      "a pause gives no power",
      'openOfKey(db, accessKeyId).where("kind", "in", ["rotate", "switch_on", "resume", "change_access"])),',
      "openOfKey(db, accessKeyId)),",
    ],
    [
      "what takes power is not in the way of what gives it",
      '.where("kind", "in", ["rotate", "switch_on", "resume", "change_access"])\n          .where("phase"',
      '.where("phase"',
    ],
    ["what got no answer is not in flight", '\n          .where("phase", "in", ["calling", "delivering", "giving"])'],
    [
      "what is closed of a key goes on no more",
      '.where("access_key_id", "=", accessKeyId).where("closed", "=", 0)',
      '.where("access_key_id", "=", accessKeyId)',
    ],
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
    ["open requests count", '.where("kind", "=", "key")', '.where("kind", "=", "none")'],
    ["keys count", "powerfulCount(db, differences, requesterId)", 'powerfulCount(db, differences, "nobody")'],
    ["only open requests count", '.where("state", "in", OPEN_STATES)'],
  ]),
  ...of("src/store/index.ts", CONSTRAINTS, [
    [
      "a store stays whose it is",
      "conflict.doNothing()",
      'conflict.column("kind").doUpdateSet({ value: owner.value })',
    ],
  ]),
  ...of("src/store/forget.ts", FORGET, [
    ["a key that is not deleted keeps its request", 'if (keys.some(({ state }) => state !== "deleted")) return null;'],
    ["what is about a key keeps it", "return about.length === 0 ? ids : null;", "return ids;"],
    ["a key is found no more", "await differences.unindexKey(db, keyId);"],
  ]),
  ...of("src/store/sqlite/connection.ts", "test/store/sqlite/file", [
    ["keys have their requests", '"foreign_keys = on"', '"foreign_keys = off"'],
    ["the file is its owner's alone", "chmodSync(file, 0o600)", "chmodSync(file, 0o644)"],
    [
      "a copy that everybody could read is its owner's alone",
      "if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);",
    ],
  ]),
  ...of("src/store/outbox.ts", OUTBOX, [
    ["one sends a message", FREE],
    ["a card that changed meanwhile is drawn again", '.where("revision", "=", held.revision)'],
    [
      "who lost the lease forgets nothing",
      '.where("revision", "=", held.revision)\n    .where("lease_holder", "=", held.holder)',
      '.where("revision", "=", held.revision)',
    ],
    [
      "a card that may be drawn too late is drawn once more",
      "if (!isOurs && DRAWN.has(message.kind)) await outboxIn(db, differences, at).add(withoutRing(message));",
    ],
    [
      "who lost the lease puts nothing off",
      '.where("id", "=", id)\n    .where("lease_holder", "=", holder)\n    .execute();',
      '.where("id", "=", id)\n    .execute();',
    ],
    [
      "what is put off waits",
      '.where((eb) => eb.or([eb("next_at", "<=", at), eb("next_at", ">", tooFarAhead(at, mostMs))]))',
    ],
  ]),
  ...of("src/store/outbox-in.ts", "test/store/rings", [
    [
      "a ring that joins a card is not lost",
      '...(rings(message) || message.kind === "old_keys" ? { message_json: eb.ref("excluded.message_json") } : {}),',
    ],
    [
      "a redraw takes no ring away",
      'return message.kind === "requester_card" && message.ring !== undefined;',
      "return true;",
    ],
    [
      "a ring is owed no more once it rang",
      ".set({ message_json: toJson(withoutRing(message)) })",
      ".set({ message_json: toJson(message) })",
    ],
    [
      "another ring that came meanwhile rings too",
      'if (!owed || toJson(owed) !== toJson(messageOf(toJson(message), "outbox"))) return;',
      "if (!owed) return;",
    ],
  ]),
  ...of("src/store/outbox.ts", "test/store/rings", [
    ["who lost the lease rings no more", ".add(withoutRing(message));", ".add(message);"],
  ]),
  ...of("src/store/index.ts", "test/store/rings", [
    ["the old card shrinks", "if (before === null) return;", "return;"],
    ["a card that rang has a new place", 'await placed(on, { id: requestId, card: "requester", place });'],
  ]),
  ...of("src/store/timers.ts", TIMERS, [
    ["what lapses is late", '.where("due_at", "<=", at)'],
    ["one does what is due", FREE.replaceAll("at)", "now)").replaceAll("(at,", "(now,")],
    ["whoever takes what is due has it for a while", "lease_until: lease.until", "lease_until: 0"],
    ["each job has what is its own", '.where("kind", "=", kind)\n    .where((eb)', ".where((eb)"],
    [
      "a timer takes the place of the one before",
      'await db.deleteFrom("timers").where("subject_id", "=", subjectId).execute();',
    ],
  ]),
  ...of("src/store/migrate.ts", VERSIONS, [
    [
      "a database that a newer version has changed is refused",
      "throw await newerDatabase(db);\n  }\n  const migrator",
      "return;\n  }\n  const migrator",
    ],
    ["a database that a newer version has added to is used", "if (needed !== null && needed in migrations) return;"],
    ["a database says who wrote it", 'await remember(db, "written_by", VERSION);'],
    ["a database says what it needs", 'await remember(db, "oldest_usable", oldestUsable(migrations));'],
  ]),
  ...of("src/store/migrate.ts", VERSIONS, [
    ["a database needs the newest version that broke the older ones", ".findLast(", ".find("],
  ]),
  ...of("src/store/key-pages.ts", PAGES, [
    ["a list is newest first", 'from?.side === "newer" ? "asc" : "desc"', '"asc"'],
    ["a page is older or newer than its key", 'newer: ">"', 'newer: "<"'],
    ["a page that is drawn again begins where it did", 'at: "<="', 'at: "<"'],
    ["few letters find no ids", "if (word.length < MIN_ID_SEARCHED)", "if (word.length < 0)"],
    ["what a name means is somebody's own first", "then(eb.lit(0)).else(eb.lit(1))", "then(eb.lit(1)).else(eb.lit(0))"],
    ["a page before is newest first too", 'order === "asc" ? keys.reverse() : keys', "keys"],
    ["each word is found", "for (const word of words)", "for (const word of words.slice(0, 1))"],
    ["a search heeds few words", ".slice(0, MAX_SEARCH_WORDS)"],
    ["no text that is looked for ends early", '.replaceAll("\\u0000", " ")'],
  ]),
  ...of("src/store/keys.ts", PAGES, [["a key can be found", "await differences.indexKey(db, key);"]]),
  ...of("src/store/sqlite/differences.ts", PAGES, [
    ["what is looked for is a text, not a query", "word.replaceAll('\"', '\"\"')", "word"],
  ]),
];
