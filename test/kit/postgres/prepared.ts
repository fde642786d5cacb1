import { DatabaseError } from "pg";
import { asSuperuser, freshDatabaseOn } from "./server";

/** The database that others are copied from. One server has one, which all files of tests share. */
const PREPARED = "prepared";

/**
 * Makes a database with all tables where a server has none, to be copied.
 * @param server the address of it, for its superuser
 * @returns the name of that database
 */
export async function preparedOn(server: string, makeTables: (url: string) => Promise<void>): Promise<string> {
  const isThere = await asSuperuser(server, async (client) => {
    const found = await client.query("select from pg_database where datname = $1", [PREPARED]);
    return found.rowCount !== 0;
  });
  if (isThere) return PREPARED;
  const own = await freshDatabaseOn(server);
  await makeTables(own.url);
  try {
    // It appears at once, as a whole. A bot's connections may take a moment to end.
    await asSuperuser(server, (client) => client.query(`alter database ${own.name} rename to ${PREPARED}`));
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === EXISTS)) throw error;
    // Another file's tests were first.
    await own.drop();
  }
  return PREPARED;
}

/** `duplicate_database` */
const EXISTS = "42P04";
