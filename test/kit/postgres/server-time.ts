import { Client } from "pg";
import { SERVER_VARIABLE } from "../database";

/**
 * Sets the time of a database's server ahead of the real one, for everybody who uses that database. Sessions keep the time
 * that they began with, so all of them end, in the middle of whatever they do.
 * @param url of the database; only a superuser may set a time
 */
export async function setServerAhead(url: string, aheadMs: number): Promise<void> {
  const { pathname } = new URL(url);
  const asSuperuser = new URL(process.env[SERVER_VARIABLE] ?? "");
  asSuperuser.pathname = pathname;
  const client = new Client({ connectionString: asSuperuser.href });
  await client.connect();
  try {
    const name = client.escapeIdentifier(pathname.slice(1));
    await client.query(`alter database ${name} set tigris_key_bot.ahead_ms = '${Math.round(aheadMs)}'`);
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  } finally {
    await client.end();
  }
}
