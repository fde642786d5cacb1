import Database from "libsql";

export type Open = { kind: string; phase: string; nextAt: number; leaseUntil: number };

/** What a database holds that must not hang, and the keys that it says are alive. */
export type Records = { making: number; changing: number; owed: number; open: Open[]; aliveKeys: string[] };

/** Reads a database beside the bots that write it. @param file a path */
export function records(file: string): Records {
  const db = new Database(file, { readonly: true });
  const all = <Row>(sql: string) => db.prepare(sql).all() as Row[];
  try {
    return {
      making: all("select id from requests where state = 'making'").length,
      changing: all("select request_id from keys where state in ('rotating', 'deleting')").length,
      owed: all("select id from outbox").length,
      open: all<Open>(
        "select kind, phase, next_at as nextAt, lease_until as leaseUntil from attempts where closed = 0 order by id",
      ),
      aliveKeys: all<{ id: string }>(
        "select access_key_id as id from keys where state in ('live', 'secret_unknown') order by access_key_id",
      ).map(({ id }) => id),
    };
  } finally {
    db.close();
  }
}

/** Whether somebody is in the middle of a transaction that writes. */
export function isLocked(file: string): boolean {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec("begin immediate; rollback");
    return false;
  } catch {
    return true;
  } finally {
    db.close();
  }
}

/** Keeps everybody from writing a database until it is let go. */
export function lockDatabase(file: string): { release(): void } {
  const db = new Database(file);
  db.exec("begin immediate");
  return {
    release: () => {
      db.exec("rollback");
      db.close();
    },
  };
}
