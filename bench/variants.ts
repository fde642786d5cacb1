import { join } from "node:path";
import { findPostgres } from "../sandbox/postgres/binaries";
import { startPostgres } from "../sandbox/postgres/server";

/** One way to run the bot, to be held against the others. */
export type Variant = {
  name: string;
  databaseUrl: string;
  /** How many bots share the database when one of them is killed; what is measured before that is measured on one. */
  replicas: number;
};

/** A database that a run may fill, and how it is given back. */
type Database = { url: string; stop(): Promise<void> };

/**
 * What a run measures, the first one being what the others are held against: SQLite, and PostgreSQL where there is one.
 * @param folder takes the SQLite file; it should be on the kind of disk that the bot is to run on
 * @param postgresUrl an empty database
 */
export async function variantsOf(
  folder: string,
  postgresUrl: string | undefined,
): Promise<{ variants: Variant[]; stop(): Promise<void> }> {
  const variants: Variant[] = [{ name: "SQLite", databaseUrl: `file:${join(folder, "bot.db")}`, replicas: 1 }];
  const postgres = await postgresAt(postgresUrl);
  if (postgres) variants.push({ name: "PostgreSQL", databaseUrl: postgres.url, replicas: 2 });
  return { variants, stop: async () => postgres?.stop() };
}

/** The one that is named, or a server that this run starts for itself where there are binaries of it. */
async function postgresAt(url: string | undefined): Promise<Database | null> {
  if (url !== undefined) return { url, stop: async () => {} };
  if (!isPostgresThere()) return null;
  const server = await startPostgres({ isDurable: true });
  return { url: server.url, stop: () => server.stop() };
}

function isPostgresThere(): boolean {
  try {
    findPostgres(process.env);
    return true;
  } catch {
    return false;
  }
}
