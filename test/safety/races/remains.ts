import Database from "libsql";

/** What the store holds of all requests, when the dust has settled. */
export type Remains = {
  requests: {
    reference: string;
    state: string;
    requesterId: string;
    needsApproval: boolean;
    keyState: string | null;
    /** Who approved it, from its events. */
    approvedBy: string[];
    /** How often a key was delivered for it. */
    posted: number;
  }[];
  /** The key names that were asked for, in order. */
  names: string[];
  openAttempts: number;
  outbox: number;
};

type Row = {
  id: string;
  asked_name: string;
  reference: string;
  state: string;
  requester_id: string;
  needs_approval: number;
  key_state: string | null;
};

/** Reads a database that a bot is writing. */
export function readRemains(file: string): Remains {
  const db = new Database(file, { readonly: true });
  try {
    const rows = db
      .prepare(
        `select requests.id, json_extract(asked_json, '$.keyName') as asked_name, requests.reference, requests.state,
           requester_id, needs_approval, keys.state as key_state
         from requests left join keys on keys.request_id = requests.id order by requests.asked_at`,
      )
      .all() as Row[];
    const count = (query: string) => (db.prepare(query).get() as { count: number }).count;
    const events = db.prepare("select request_id, name, actor_id from events").all() as {
      request_id: string;
      name: string;
      actor_id: string;
    }[];
    return {
      requests: rows.map((row) => {
        const own = events.filter(({ request_id: id }) => id === row.id);
        return {
          reference: row.reference,
          state: row.state,
          requesterId: row.requester_id,
          needsApproval: row.needs_approval === 1,
          keyState: row.key_state,
          approvedBy: own.filter(({ name }) => name === "request.approved").map(({ actor_id: id }) => id),
          posted: own.filter(({ name }) => name === "key.posted").length,
        };
      }),
      names: rows.map((row) => row.asked_name),
      openAttempts: count("select count(*) as count from attempts where closed = 0"),
      outbox: count("select count(*) as count from outbox"),
    };
  } finally {
    db.close();
  }
}
