import { of } from "./of.mjs";

/** What the store's tables and shapes hold, for the case that the code above fails, and what older versions left. */

const CONSTRAINTS = "test/store/constraints";
const SHAPES = "test/store/shapes";
const KEY_SHAPES = "test/store/key-shapes";
const MESSAGE_SHAPES = "test/store/message-shapes";
const OLDER = "test/store/version-0.3.0";
const FORGET = "test/store/forget";
const TABLES = "src/store/sqlite/migrations/001-first.ts";
const TABLES_ANEW = "src/store/sqlite/migrations/006-keys-are-off-at-first.ts";

/** @type {import("./mutations.mjs").Mutation[]} */
export const STORED = [
  ...of(TABLES, CONSTRAINTS, [
    ["one request of a form", "view_id text not null unique", "view_id text not null"],
    ["one request of a reference", "reference text not null unique", "reference text not null"],
  ]),
  ...of(TABLES_ANEW, CONSTRAINTS, [
    ["one key of a request", "create unique index one_key_of_request", "create index one_key_of_request"],
    [
      "a key that goes leaves its request another",
      "where state in ('off', 'switching_on')`",
      "where state <> 'deleted'`",
    ],
    ["one call at a time", "create unique index one_open_attempt", "create index one_open_attempt"],
    ["one call for power at a time", "create unique index one_open_grant", "create index one_open_grant"],
    ["one pause at a time", "create unique index one_open_pause", "create index one_open_pause"],
    ["one deletion at a time", "create unique index one_open_deletion", "create index one_open_deletion"],
    ["one key of a name", "tigris_name text not null unique", "tigris_name text not null"],
    ["one key of a delivery", "delivery_id text not null unique", "delivery_id text not null"],
    ["one attempt of a name", "tigris_name text unique", "tigris_name text"],
    ["one attempt of a click", "click_id text unique", "click_id text"],
  ]),
  ...of(TABLES_ANEW, FORGET, [
    ["a name is used once", "begin select raise(abort, 'this name was used before'); end", "begin select 1; end"],
  ]),
  ...of(TABLES_ANEW, OLDER, [
    ["what is thrown away is looked for", "set phase = 'searching', next_at = 0", "set next_at = 0"],
    ["a search begins at once", "update timers set due_at = 0", "update timers set due_at = due_at"],
    ["a held deletion is a pause", "'stands', 'pausing'", "'stands', 'none'"],
    [
      "a pause goes on by itself",
      "select 'pause-' || access_key_id, 'recover', 0, 0",
      "select access_key_id, 'recover', 0, 0",
    ],
    ["a key is what it was before", "json_extract(state_json, '$.before.kind')", "'live'"],
    ["approvers hear of what is paused", "'key.paused', json_extract", "'key.held', json_extract"],
  ]),
  ...of(TABLES, CONSTRAINTS, [
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
  ...of("src/store/shapes.ts", SHAPES, [
    ["what does not fit is an error", "if (!success) throw new UnknownShape(row);"],
    [
      "what is no JSON names its row",
      "catch {\n    throw new UnknownShape(row);",
      'catch {\n    throw new SyntaxError("no JSON");',
    ],
    ["a shape of a later version is an error", "stored(z.object({ v }), value, row);"],
    ["what is stored says the version of its shape", "{ v: SHAPE_VERSION, ...value }", "value"],
    ["what can't be read is told", "onUnreadable(error.row);"],
  ]),
  ...of("src/store/request-shapes.ts", SHAPES, [["an older state may lack its failure", "\n  .default(null)"]]),
  ...of("src/store/key-shapes.ts", KEY_SHAPES, [
    ["an older key has no cover", ".nullable().default(null)", ".nullable()"],
    ["a pause is read", "=> fromJson(pause, json, row);", "=> JSON.parse(json) as Pause;"],
  ]),
  ...of("src/store/key-shapes.ts", OLDER, [
    ["an older deletion says why", 'rest.byId === null ? "gone" : "asked"', '"asked"'],
  ]),
  ...of("src/store/message-shapes.ts", MESSAGE_SHAPES, [
    ...[
      ["notice", "userId"],
      ["approvals_note", "requestId"],
    ].map(([kind, whose]) => [
      `an older ${kind} is read`,
      `z.literal("${kind}"), ${whose}: text, sentence`,
      `z.literal("no ${kind}"), ${whose}: text, sentence`,
    ]),
    ["an older alert is read", 'z.literal("alert"), sentence', 'z.literal("no alert"), sentence'],
  ]),
  ...of("src/store/attempt-shapes.ts", "test/store/attempt-shapes", [
    ["an attempt is at a phase of its kind", "=> stored(work, columns, row);", "=> columns as Work;"],
  ]),
  ...of("src/store/access-shapes.ts", SHAPES, [
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
  ...of(TABLES_ANEW, CONSTRAINTS, [
    [
      "no call beside a delivery",
      "phase in ('calling', 'delivering', 'giving') and kind in ('create',",
      "phase in ('calling', 'giving') and kind in ('create',",
    ],
    [
      "no call beside one that gives roles back",
      "phase in ('calling', 'delivering', 'giving') and kind in ('rotate',",
      "phase in ('calling', 'delivering') and kind in ('rotate',",
    ],
  ]),
];
