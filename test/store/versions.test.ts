import packageJson from "../../package.json";
import { MIGRATIONS as POSTGRES } from "../../src/store/postgres/migrations";
import { MIGRATIONS as SQLITE } from "../../src/store/sqlite/migrations";
import { VERSION } from "../../src/version";
import { testedDatabase } from "../kit/database";
import { emptyStore, type Filled } from "./filled";

const MIGRATIONS = { sqlite: SQLITE, postgres: POSTGRES }[testedDatabase];
const OLDEST = Object.keys(MIGRATIONS).findLast((name) => MIGRATIONS[name]?.breaksOlder);

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const writtenBy = () => filled.database.rows("select value from installation where kind = 'written_by'");

test("a database says which version wrote it, and what it needs", async () => {
  expect(await filled.database.rows("select kind, value from installation order by kind")).toEqual([
    { kind: "oldest_usable", value: OLDEST },
    { kind: "written_by", value: VERSION },
  ]);
  expect(VERSION).toBe(packageJson.version);
});

const NEWER = `insert into kysely_migration (name, timestamp) values ('900-from-the-future', '2030-01-01');
  update installation set value = '9.0.0' where kind = 'written_by';`;

test("a database that a newer version has changed is refused, with the version that wrote it", async () => {
  await filled.database.execute(
    `${NEWER} update installation set value = '900-from-the-future' where kind = 'oldest_usable'`,
  );
  await expect(filled.openAgain()).rejects.toMatchObject({ code: "newer_database", writtenBy: "9.0.0" });
});

test("a database that a newer version has only added to is used, and left as it is", async () => {
  await filled.database.execute(NEWER);
  await (await filled.openAgain()).check();
  expect(await writtenBy()).toEqual([{ value: "9.0.0" }]);
});
