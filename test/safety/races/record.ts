import type { World } from "../../kit/world";

/** What the store holds of the one request of a test and its newest key, read beside the bots. */
export type Stored = {
  request: string;
  key: string | null;
  isHeld: boolean;
  /** Of a key that is off: whether Slack said that it took the message with the secret. */
  isShown: boolean;
  events: string[];
  openAttempts: number;
};

type Row = { request: string | null; open: number };
type KeyRow = { state: string; details: string; pause: string };

/** Reads a database that bots are writing. What only looks again for what may come late is not open. */
export async function readStored({ database }: Pick<World, "database">): Promise<Stored> {
  const [state] = await database.rows<Row>(
    `select (select state from requests) as request,
       (select count(*) from attempts where closed = 0 and phase <> 'watching' and kind <> 'list_made') as open`,
  );
  const [key] = await database.rows<KeyRow>(
    "select state, state_json as details, pause_json as pause from keys order by tigris_name desc limit 1",
  );
  const events = await database.rows<{ name: string }>("select name from events order by id");
  return {
    request: state?.request ?? "none",
    key: key?.state ?? null,
    isHeld: key !== undefined && (JSON.parse(key.pause) as { holds: unknown[] }).holds.length > 0,
    isShown: key !== undefined && typeof (JSON.parse(key.details) as { shownAt?: unknown }).shownAt === "number",
    events: events.map(({ name }) => name),
    openAttempts: state?.open ?? 0,
  };
}
