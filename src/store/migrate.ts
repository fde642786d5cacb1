import { type Kysely, Migrator, sql } from "kysely";
import { VERSION } from "../version";
import { MIGRATIONS, OLDEST_USABLE } from "./migrations";
import type { Tables } from "./tables";

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

/**
 * Brings the tables up to date, and notes who did. Tables that a newer version has only added to are left as they are.
 * @throws NewerDatabase where a newer version has changed them; the database's own error where it can't be changed
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const unknown = (await migrationsIn(db)).filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0) {
    const needed = await remembered(db, "oldest_usable");
    if (needed !== null && needed in MIGRATIONS) return;
    throw new NewerDatabase((await remembered(db, "written_by")) ?? "a newer version");
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  await remember(db, "written_by", VERSION);
  await remember(db, "oldest_usable", OLDEST_USABLE);
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
