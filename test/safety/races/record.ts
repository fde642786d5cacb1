import Database from "libsql";

/** What the store holds of the one request of a test, read beside the bot. */
export type Stored = { request: string; key: string | null; events: string[]; openAttempts: number };

/** Reads a database that bots are writing. */
export function readStored(file: string): Stored {
  const db = new Database(file, { readonly: true });
  try {
    const [request] = db.prepare("select state from requests").all() as { state: string }[];
    const [key] = db.prepare("select state from keys").all() as { state: string }[];
    const events = db.prepare("select name from events order by id").all() as { name: string }[];
    const open = db.prepare("select count(*) as count from attempts where closed = 0").get() as { count: number };
    return {
      request: request?.state ?? "none",
      key: key?.state ?? null,
      events: events.map(({ name }) => name),
      openAttempts: open.count,
    };
  } finally {
    db.close();
  }
}
