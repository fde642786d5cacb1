import type { World } from "../../kit/world";

type Asked = { kind: "key" | "secret" | "resume"; keyName: string; accessKeyId?: string };
type RequestLeft = {
  id: string;
  reference: string;
  state: string;
  asked: Asked;
  requesterId: string;
  needsApproval: boolean;
  /** Who approved it, from its events. */
  approvedBy: string[];
};
type KeyLeft = {
  id: string;
  requestId: string;
  state: string;
  /** Why it is deleted, and by whom, where it is. */
  why: string | null;
  byId: string | null;
  /** Whether it is to give no power, whatever its state is. */
  isHeld: boolean;
};
/** One event of the record, in its order. */
export type EventLeft = {
  name: string;
  actorId: string;
  requestId: string | null;
  accessKeyId: string | null;
  at: number;
};

/** What the store holds of all requests, when the dust has settled. */
export type Remains = {
  requests: RequestLeft[];
  keys: KeyLeft[];
  events: EventLeft[];
  /** The key names that were asked for, in order. */
  names: string[];
  openAttempts: number;
  outbox: number;
};

type RequestRow = {
  id: string;
  asked: string;
  reference: string;
  state: string;
  requesterId: string;
  needsApproval: number;
};
type KeyRow = { id: string; requestId: string; state: string; stateJson: string; pauseJson: string };
type Open = { attempts: number; outbox: number };

/** What only looks again for what may come late, or was never made, is not open. */
const OPEN = `closed = 0 and phase <> 'watching' and kind <> 'list_made' and (phase <> 'searching' or tries < 2)`;

/** Reads a database that bots are writing. */
export async function readRemains({ database }: Pick<World, "database">): Promise<Remains> {
  const requests = await database.rows<RequestRow>(
    `select id, asked_json as asked, reference, state, requester_id as "requesterId",
       needs_approval as "needsApproval" from requests order by asked_at`,
  );
  const keys = await database.rows<KeyRow>(
    `select access_key_id as id, request_id as "requestId", state, state_json as "stateJson",
       pause_json as "pauseJson" from keys order by access_key_id`,
  );
  const events = await readEvents({ database });
  const [open] = await database.rows<Open>(
    `select (select count(*) from attempts where ${OPEN}) as attempts, (select count(*) from outbox) as outbox`,
  );
  const approvals = events.filter(({ name }) => name === "request.approved");
  const left = requests.map((row) => ({
    ...row,
    asked: JSON.parse(row.asked) as Asked,
    needsApproval: row.needsApproval === 1,
    approvedBy: approvals.filter(({ requestId }) => requestId === row.id).map(({ actorId }) => actorId),
  }));
  return {
    requests: left,
    keys: keys.map(keyOf),
    events,
    names: left.map(({ asked }) => asked.keyName),
    openAttempts: open?.attempts ?? 0,
    outbox: open?.outbox ?? 0,
  };
}

/** The events so far, in their order. */
export function readEvents({ database }: Pick<World, "database">): Promise<EventLeft[]> {
  return database.rows<EventLeft>(
    `select name, actor_id as "actorId", request_id as "requestId", access_key_id as "accessKeyId", at
     from events order by id`,
  );
}

function keyOf({ id, requestId, state, stateJson, pauseJson }: KeyRow): KeyLeft {
  const { why = null, byId = null } = JSON.parse(stateJson) as { why?: string; byId?: string | null };
  const { holds, stands } = JSON.parse(pauseJson) as { holds: unknown[]; stands: string };
  return { id, requestId, state, why, byId, isHeld: holds.length > 0 || stands !== "none" };
}
