import type { Generated } from "kysely";

/** Moments are milliseconds since 1970, UTC. `state` and `phase` repeat what their JSON holds, for conditions and indexes. */
export type Tables = {
  installation: { kind: string; value: string; remembered_at: number };
  requests: {
    id: string;
    reference: string;
    requester_id: string;
    key_name: string;
    permission: string;
    /** A JSON list of names, or null for all buckets. */
    buckets: string | null;
    endpoint: string;
    reason: string | null;
    needs_approval: number;
    asked_at: number;
    state: string;
    state_json: string;
    lapses_at: number | null;
    attempts: number;
    version: number;
    view_id: string;
    dm_channel_id: string;
    requester_card_channel_id: string | null;
    requester_card_ts: string | null;
    approvals_card_channel_id: string | null;
    approvals_card_ts: string | null;
  };
  keys: {
    access_key_id: string;
    request_id: string;
    owner_id: string;
    tigris_name: string;
    made_at: number;
    delivery_id: string;
    state: string;
    state_json: string;
    version: number;
  };
  attempts: {
    id: string;
    request_id: string;
    access_key_id: string | null;
    actor_id: string;
    started_at: number;
    worker_id: string;
    lease_until: number;
    next_at: number;
    tries: number;
    alerted: number;
    kind: string;
    phase: string;
    number: number | null;
    tigris_name: string | null;
    closed: number;
    click_id: string | null;
  };
  events: {
    id: Generated<number>;
    at: number;
    name: string;
    actor_id: string;
    request_id: string | null;
    access_key_id: string | null;
    outcome: string;
  };
  outbox: {
    id: Generated<number>;
    /** The card that the message draws: it is owed once, however often it was asked for. */
    card: string | null;
    message_json: string;
    created_at: number;
    next_at: number;
    tries: number;
    revision: number;
    worker_id: string | null;
    lease_until: number;
  };
};
