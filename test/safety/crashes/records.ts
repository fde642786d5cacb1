import Database from "libsql";
import { Client } from "pg";
import { testedDatabase } from "../../kit/database";
import type { World } from "../../kit/world";

export type Open = { kind: string; phase: string; tries: number; nextAt: number; leaseUntil: number };

/**
 * What a database holds that must not hang, and its keys: those that it says are there, and those of them that it says have
 * their roles and are held by nobody.
 */
export type Records = {
  making: number;
  changing: number;
  owed: number;
  /** When the first message that is owed is next due; null where none is. */
  nextMessageAt: number | null;
  open: Open[];
  aliveKeys: string[];
  poweredKeys: string[];
};

type Counts = { making: number; owed: number; nextMessageAt: number | null };
type KeyRow = { id: string; state: string; stateJson: string; pauseJson: string };

/** Reads a world's database beside the bots that write it. */
export async function records({ database }: Pick<World, "database">): Promise<Records> {
  const [counts] = await database.rows<Counts>(
    `select (select count(*) from requests where state = 'making') as making,
       (select count(*) from outbox) as owed,
       (select min(next_at) from outbox) as "nextMessageAt"`,
  );
  const open = await database.rows<Open>(
    `select kind, phase, tries, next_at as "nextAt", lease_until as "leaseUntil" from attempts where closed = 0
     order by id`,
  );
  const keys = await database.rows<KeyRow>(
    `select access_key_id as id, state, state_json as "stateJson", pause_json as "pauseJson" from keys
     order by access_key_id`,
  );
  const idsOf = (is: (key: KeyRow) => boolean) => keys.filter(is).map(({ id }) => id);
  return {
    making: 0,
    owed: 0,
    nextMessageAt: null,
    ...counts,
    open,
    changing: keys.filter(isChanging).length,
    aliveKeys: idsOf(({ state }) => ALIVE.includes(state)),
    poweredKeys: idsOf(({ state, pauseJson }) => POWERED.includes(state) && !isHeld(pauseJson)),
  };
}

const ALIVE = ["off", "switching_on", "live", "secret_unknown"];
const POWERED = ["live", "secret_unknown"];

/** Whether something goes on with a key by itself. What waits for its owner's next press does not. */
function isChanging({ state, stateJson, pauseJson }: KeyRow): boolean {
  if (state === "rotating" || state === "deleting") return true;
  if (state === "switching_on") return !(JSON.parse(stateJson) as { isUnanswered: boolean }).isUnanswered;
  return (JSON.parse(pauseJson) as { stands: string }).stands === "pausing";
}

function isHeld(pauseJson: string): boolean {
  const { holds, stands } = JSON.parse(pauseJson) as { holds: unknown[]; stands: string };
  return holds.length > 0 || stands !== "none";
}

/** Keeps everybody from writing a world's database until it is let go. */
export async function lockDatabase({ database }: Pick<World, "database">): Promise<{ release(): Promise<void> }> {
  if (testedDatabase === "postgres") return lockPostgres(database.url);
  const db = new Database(database.file);
  // The bot may be in the middle of a write.
  db.exec("pragma busy_timeout = 5000");
  db.exec("begin immediate");
  return {
    release: async () => {
      db.exec("rollback");
      db.close();
    },
  };
}

/** Every change signs its commit first. */
async function lockPostgres(url: string): Promise<{ release(): Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("begin; lock table commits in access exclusive mode");
  return { release: () => client.end() };
}
