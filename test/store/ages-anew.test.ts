import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import Libsql from "libsql";
import { Pool } from "pg";
import { database as locationSetting } from "../../src/config-database";
import { newAge } from "../../src/domain/key-age";
import { openStore } from "../../src/store";
import { type MarkedMigrations, migrate } from "../../src/store/migrate";
import { MIGRATIONS as POSTGRES } from "../../src/store/postgres/migrations";
import { MIGRATIONS as SQLITE } from "../../src/store/sqlite/migrations";
import type { Tables } from "../../src/store/tables";
import type { StorePort } from "../../src/workflow/store-port";
import { createTestDatabase, type TestDatabase, testedDatabase } from "../kit/database";
import { createManualClock } from "../kit/manual-clock";

/** A database as it was before keys had an age, with keys of all kinds in it; then this version opens it. */

const BEFORE = /secrets-have-an-age/;
const PAUSE = '{"holds":[],"stands":"none","areRolesTaken":false,"unansweredAt":null}';
const LIVE = '{"kind":"live","secret":{"kind":"confirmed","at":1}}';

let database: TestDatabase;
let store: StorePort;

/** Those that came before keys had an age: what came after them is made by this version. */
function earlier(migrations: MarkedMigrations): MarkedMigrations {
  const all = Object.entries(migrations);
  return Object.fromEntries(
    all.slice(
      0,
      all.findIndex(([name]) => BEFORE.test(name)),
    ),
  );
}

async function tablesOfBefore(of: TestDatabase): Promise<void> {
  const isSqlite = testedDatabase === "sqlite";
  const dialect = isSqlite
    ? new SqliteDialect({ database: new Libsql(of.file) })
    : new PostgresDialect({ pool: new Pool({ connectionString: of.url }) });
  const kysely = new Kysely<Tables>({ dialect });
  try {
    await migrate(kysely, earlier(isSqlite ? SQLITE : POSTGRES));
  } finally {
    await kysely.destroy();
  }
}

const key = (id: string, { madeAt = 1_000, state = "live", json = LIVE } = {}) => `
  insert into requests (id, reference, requester_id, kind, asked_json, needs_approval, asked_at, state, state_json, attempts, version,
      view_id, dm_channel_id)
    values ('r-${id}', 'REF${id}', 'U1', 'key', '{}', 0, 1, 'made', '{}', 1, 1, 'V-${id}', 'D1');
  insert into keys (access_key_id, request_id, reference, owner_id, key_name, tigris_name, permission, buckets, endpoint, made_at,
      delivery_id, state, state_json, pause_json, end_json, version)
    values ('${id}', 'r-${id}', 'REF${id}', 'U1', '${id}', '${id}-REF', 'ReadOnly', null, 'Default', ${madeAt}, 'd-${id}', '${state}',
      '${json}', '${PAUSE}', null, 1);`;

const rotation = (id: string, of: string, startedAt: number, phase: string) => `
  insert into attempts (id, request_id, access_key_id, actor_id, started_at, lease_holder, lease_until, next_at, tries, alerted, kind,
      phase, closed)
    values ('${id}', 'r-${of}', '${of}', 'U1', ${startedAt}, 'w', 0, 0, 0, 0, 'rotate', '${phase}', 1);`;

beforeEach(async () => {
  database = await createTestDatabase();
  await tablesOfBefore(database);
  await database.execute(
    [
      key("plain"),
      key("rotated", { madeAt: 2_000 }),
      rotation("a1", "rotated", 5_000, "posted"),
      rotation("a2", "rotated", 7_000, "posted"),
      rotation("a3", "rotated", 9_000, "refused"),
      key("lost", { state: "secret_unknown", json: '{"kind":"secret_unknown","at":5,"cover":null}' }),
      rotation("a4", "lost", 9_000, "secret_unknown"),
      key("off", { state: "off", json: '{"kind":"off","shownAt":null}' }),
      key("gone", { state: "deleted", json: '{"kind":"deleted","byId":null,"why":"gone","at":1}' }),
      `insert into outbox (card, message_json, created_at, next_at, tries, revision, lease_until)
        values ('app_home U1', '{"kind":"app_home","userId":"U1"}', 1, 1, 0, 1, 0),
          (null, '{"kind":"policy_changed","before":null,"after":"x"}', 1, 1, 0, 1, 0);`,
    ].join("\n"),
  );
  store = await openStore(locationSetting.parse(database.url), { ...createManualClock(1_000_000), standsIn: true });
});
afterEach(async () => {
  await store.close();
  await database.remove();
});

test.each([
  ["plain", 1_000, null],
  ["rotated", 2_000, 7_000],
  ["lost", 1_000, null],
  ["off", 1_000, null],
  ["gone", 1_000, null],
])(
  "the secret of the key that is %s is as old as the record says, and nothing was asked about it",
  async (id, madeAt, at) => {
    const found = await store.read((record) => record.keys.find(id));
    expect(found?.age).toEqual({ ...newAge(madeAt), rotatedAt: at });
    expect(await database.rows(`select secret_since, rotated_at from keys where access_key_id = '${id}'`)).toEqual([
      { secret_since: at ?? madeAt, rotated_at: at },
    ]);
  },
);

test("each key that may have power is looked at once its secret is old", async () => {
  const rows = await database.rows<{ subject_id: string; due_at: number }>(
    "select subject_id, due_at from timers where kind = 'age' order by subject_id",
  );
  expect(rows.map(({ subject_id, due_at }) => [subject_id, Number(due_at)])).toEqual([
    ["lost", 1_000],
    ["plain", 1_000],
    ["rotated", 7_000],
  ]);
});

test("messages that were owed go out as before", async () => {
  expect(await store.outbox.take("w", 5)).toMatchObject([{ message: { kind: "policy_changed" } }]);
  expect(await store.outbox.take("w", 5, "homes")).toMatchObject([{ message: { kind: "app_home" } }]);
  expect(await store.outbox.take("w", 5, "daily")).toEqual([]);
});

test("what is asked of keys of before can be written", async () => {
  const before = await store.read((record) => record.keys.find("plain"));
  if (before === null) throw new Error("it is there");
  const age = { ...before.age, asked: 1, firstAt: 5, lastAt: 5 };
  expect(await store.transact((tx) => tx.keys.move(before, { state: before.state, age }))).toBe(true);
  expect((await store.read((record) => record.keys.find("plain")))?.age).toEqual(age);
});
