import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { VERSION } from "../version";
import type { Tables } from "./tables";

/**
 * Steps from one version of the tables to the next, by name and in order. `breaksOlder`: a bot that does not know it can't
 * use them any more.
 */
export type MarkedMigrations = Readonly<Record<string, Migration & { breaksOlder: boolean }>>;

/** A database that a newer version of the bot has changed in a way that this one can't live with. */
export class NewerDatabase extends Error {
  readonly code = "newer_database";
  readonly retry = "never";
  /** The version that wrote it. */
  readonly writtenBy: string;

  constructor(writtenBy: string) {
    super("the database was written by a newer version");
    this.name = "NewerDatabase";
    this.writtenBy = writtenBy;
  }
}

/** A database whose record was moved to another place: nothing works on it any more. */
export class StoreMoved extends Error {
  readonly code = "store_moved";
  readonly retry = "never";

  /** @param to where it is now, in words */
  constructor(readonly to: string) {
    super("the store was moved");
    this.name = "StoreMoved";
  }
}

/**
 * Brings the tables up to date, and notes who did. Tables that a newer version has only added to are left as they are.
 * @throws NewerDatabase where a newer version has changed them, StoreMoved where what they held is elsewhere now; the
 *   database's own error where it can't be changed
 */
export async function migrate(db: Kysely<Tables>, migrations: MarkedMigrations): Promise<void> {
  if (await hasUnknown(db, migrations)) {
    const movedTo = await remembered(db, "moved_to");
    if (movedTo !== null) throw new StoreMoved(movedTo);
    const needed = await remembered(db, "oldest_usable");
    if (needed !== null && needed in migrations) return;
    throw await newerDatabase(db);
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  await remember(db, "written_by", VERSION);
  await remember(db, "oldest_usable", oldestUsable(migrations));
}

/** @throws NewerDatabase where a newer version has changed or added anything: all of it has to be known to be moved */
export async function refuseUnknown(db: Kysely<Tables>, migrations: MarkedMigrations): Promise<void> {
  if (await hasUnknown(db, migrations)) throw await newerDatabase(db);
}

async function hasUnknown(db: Kysely<Tables>, migrations: MarkedMigrations): Promise<boolean> {
  return (await migrationsIn(db)).some((name) => !(name in migrations));
}

async function newerDatabase(db: Kysely<Tables>): Promise<NewerDatabase> {
  return new NewerDatabase((await remembered(db, "written_by")) ?? "a newer version");
}

/** The newest migration that an older bot has to know. */
function oldestUsable(migrations: MarkedMigrations): string {
  return Object.keys(migrations).findLast((name) => migrations[name]?.breaksOlder) ?? "";
}

/** Names of the migrations that were run, none in a new database. */
async function migrationsIn(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}

async function remembered(db: Kysely<Tables>, kind: string): Promise<string | null> {
  const row = await db.selectFrom("installation").select("value").where("kind", "=", kind).executeTakeFirst();
  return row?.value ?? null;
}

async function remember(db: Kysely<Tables>, kind: string, value: string): Promise<void> {
  await db
    .insertInto("installation")
    .values({ kind, value, remembered_at: 0 })
    .onConflict((conflict) => conflict.column("kind").doUpdateSet({ value }))
    .execute();
}
