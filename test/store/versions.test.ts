import Database from "libsql";
import packageJson from "../../package.json";
import { openStore } from "../../src/store";
import { VERSION } from "../../src/version";
import { emptyStore, type Filled } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

/** Writes into the file as another version might have. */
function execute(sql: string): void {
  const other = new Database(filled.file);
  other.exec(sql);
  other.close();
}

test("a database says which version wrote it, and what it needs", async () => {
  const rows = () => {
    const other = new Database(filled.file, { readonly: true });
    const found = other.prepare("select kind, value from installation order by kind").all();
    other.close();
    return found;
  };
  expect(rows()).toEqual([
    { kind: "oldest_usable", value: "005-deletions-wait-for-nothing" },
    { kind: "written_by", value: VERSION },
  ]);
  expect(VERSION).toBe(packageJson.version);
});

const NEWER = `insert into kysely_migration (name, timestamp) values ('900-from-the-future', '2030-01-01');
  update installation set value = '9.0.0' where kind = 'written_by';`;

test("a database that a newer version has changed is refused, with the version that wrote it", async () => {
  execute(`${NEWER} update installation set value = '900-from-the-future' where kind = 'oldest_usable'`);
  await expect(openStore(filled.file)).rejects.toMatchObject({ code: "newer_database", writtenBy: "9.0.0" });
});

test("a database that a newer version has only added to is used, and left as it is", async () => {
  execute(NEWER);
  const store = await openStore(filled.file);
  await store.check();
  await store.close();
  const other = new Database(filled.file, { readonly: true });
  const written = other.prepare("select value from installation where kind = 'written_by'").get();
  other.close();
  expect(written).toMatchObject({ value: "9.0.0" });
});
