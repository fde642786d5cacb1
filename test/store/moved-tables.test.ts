import Database from "libsql";
import { openStore } from "../../src/store";
import { createTableDigest, MOVED_TABLES, type MovedRow } from "../../src/store/moved-tables";
import { createTestDatabase, describeOn } from "../kit/database";

const bytes = (...values: (string | null)[]): MovedRow =>
  values.map((value) => (value === null ? null : Buffer.from(value)));

function digestOf(...rows: MovedRow[]): string {
  const digest = createTableDigest("events");
  rows.forEach(digest.add);
  return digest.end().digest;
}

describeOn("sqlite", "what a move takes along", () => {
  test("is every column of every table but the index of a search, which is made from keys", async () => {
    const database = await createTestDatabase();
    const store = await openStore({ kind: "sqlite", file: database.file }, { now: () => 1, monotonicMs: () => 0 });
    await store.close();
    const db = new Database(database.file, { readonly: true });
    const columns = db
      .prepare(
        `select m.name || '.' || c.name || ' ' || lower(c.type) from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'sqlite%' and m.name not like 'kysely%' and m.name not like 'key_search%'`,
      )
      .raw()
      .all() as string[][];
    const moved = MOVED_TABLES.flatMap(({ name, columns: all }) =>
      all.map((column) => `${name}.${column.name} ${column.kind === "text" ? "text" : "integer"}`),
    );
    expect(moved.sort()).toEqual(columns.flat().sort());
    db.close();
    await database.remove();
  });
});

test.each([
  ["a row less", [bytes("1", "a")]],
  ["another order", [bytes("2", "b"), bytes("1", "a")]],
  ["another text", [bytes("1", "a"), bytes("2", "B")]],
  ["no text for an empty one", [bytes("1", "a"), bytes("2", null)]],
  ["the same letters elsewhere", [bytes("1", "a2"), bytes("", "b")]],
  ["letters in another column", [bytes("1a", ""), bytes("2", "b")]],
])("two tables that differ in %s have two digests", (_what, rows) => {
  expect(digestOf(...rows)).not.toBe(digestOf(bytes("1", "a"), bytes("2", "b")));
});

test("nothing and no text are two things", () => {
  expect(digestOf(bytes(""))).not.toBe(digestOf(bytes(null)));
});
