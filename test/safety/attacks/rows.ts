import Database from "libsql";
import { until, type Waiting } from "../../kit/until";

type Row = Record<string, unknown>;
/** Every row of a database, by its table. */
export type Rows = Record<string, Row[]>;

/** Reads a database over a connection of its own, beside the bot's. @param file a path */
export function rowsIn(file: string): Rows {
  const connection = new Database(file, { readonly: true });
  try {
    const tables = connection
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
      .all() as {
      name: string;
    }[];
    const named = tables.map(({ name }) => [name, connection.prepare(`select * from "${name}"`).all()]);
    return Object.fromEntries(named) as Rows;
  } finally {
    connection.close();
  }
}

/**
 * What must not change where nothing was allowed: everything but the messages that are still to be sent, where those about leaks
 * stand, and what somebody looks at in their own Home.
 */
export function lastingRows(file: string): Rows {
  const { outbox: _outbox, leak_messages: _leaks, app_homes: _homes, ...lasting } = rowsIn(file);
  return lasting;
}

/** Names of the events that were recorded, oldest first. */
export function eventsIn(file: string): string[] {
  return (rowsIn(file).events ?? []).map(({ name }) => String(name));
}

/** The requests that asked for a key of this name. */
export function requestsFor(keyName: string, { requests = [] }: Rows): Row[] {
  return requests.filter(({ asked_json: asked }) => JSON.parse(String(asked)).keyName === keyName);
}

/** Waits until no message is owed any more. */
export async function allSent(file: string, waiting?: Waiting): Promise<void> {
  const owed = () => rowsIn(file).outbox ?? [];
  await until("all messages to be sent", () => owed().length === 0, { seen: owed, ...waiting });
}
