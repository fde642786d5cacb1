import type { Generated } from "kysely";
import type { LoadedBy } from "../domain/policy/load";

/** Moments are milliseconds since 1970, UTC. `state` and `phase` repeat what their JSON holds, for conditions and indexes. */
export type Tables = {
  installation: { kind: string; value: string; remembered_at: number };
  requests: {
    id: string;
    reference: string;
    requester_id: string;
    /** What is asked for; `asked_json` has the rest of it. */
    kind: string;
    asked_json: string;
    /** The key that it is about, where there was one when it was asked for. */
    access_key_id: string | null;
    reason: string | null;
    needs_approval: number;
    asked_at: number;
    state: string;
    state_json: string;
    attempts: number;
    version: number;
    view_id: string;
    dm_channel_id: string;
    requester_card_channel_id: string | null;
    requester_card_ts: string | null;
    approvals_card_channel_id: string | null;
    approvals_card_ts: string | null;
    /** The review of a broken glass; null of every other request. */
    review_json: string | null;
    review_card_channel_id: string | null;
    review_card_ts: string | null;
  };
  keys: {
    access_key_id: string;
    /** The request that made it: it may have made others, of which all but one are going or gone. */
    request_id: string;
    reference: string;
    owner_id: string;
    key_name: string;
    tigris_name: string;
    permission: string;
    /** A JSON list of names, or null for all buckets. */
    buckets: string | null;
    endpoint: string;
    made_at: number;
    delivery_id: string;
    state: string;
    state_json: string;
    pause_json: string;
    /** When its time is over; null where it has no end. */
    end_json: string | null;
    rotation_json: string | null;
    /** How old its secret is, and what its owner was asked about that; null of keys that nobody has looked at since there were ages. */
    age_json: string | null;
    /** When its newest secret began, and when that took the place of another one, as `age_json` has it. */
    secret_since: number;
    rotated_at: number | null;
    /** A change of its access that is not confirmed; null where there is none. */
    access_change_json: string | null;
    version: number;
  };
  attempts: {
    id: string;
    request_id: string;
    access_key_id: string | null;
    actor_id: string;
    started_at: number;
    lease_holder: string;
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
  /** Names in Tigris of attempts that were forgotten, with the reference in them: none is used again. */
  used_names: { tigris_name: string; reference: string };
  /** What is due without a click, about a request, a key or an attempt. */
  timers: {
    subject_id: string;
    kind: string;
    due_at: number;
    lease_holder: string | null;
    lease_until: number;
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
    /** Why the last try failed: a code, mostly Slack's. */
    last_code: string | null;
    revision: number;
    lease_holder: string | null;
    lease_until: number;
    /** 1: it waits for the next day, and is looked for apart, so that many of them hold up nothing. */
    daily: Generated<number>;
  };
  /** Who has opened their App Home. */
  app_homes: {
    user_id: string;
    /** When they opened it or did something in it last, and the event that told of it. */
    opened_at: number;
    opened_by: string | null;
    /** Counts what they do in it, and how much of that the last drawing shows. */
    acts: number;
    drawn_acts: number;
    look_json: string;
    /** What came of their last click there. */
    said_json: string | null;
    /** Whether it shows what is others'. */
    sees_others: number;
    drawn_at: number;
    /** Of what stands in Slack; null where nobody knows. */
    digest: string | null;
    lease_holder: string | null;
    lease_until: number;
  };
  /** Where messages about leaked keys stand: a row for each key that one names. */
  leak_messages: {
    access_key_id: string;
    channel_id: string;
    ts: string;
    /** What it tells. */
    message_json: string;
    posted_at: number;
  };
  /** Owners of living keys who have left, or may have: a row for each. */
  leavers: {
    owner_id: string;
    state: string;
    state_json: string;
    /** When something of it changed last. */
    changed_at: number;
    version: number;
    /** Where the card about their keys stands; null where there is none yet. */
    channel_id: string | null;
    ts: string | null;
  };
  /** Policies that were put in force, each by the digest of its file's text; the one that was not replaced still is. */
  policies: {
    digest: string;
    text: string;
    loaded_by: LoadedBy;
    loader: string;
    loaded_at: number;
    replaced_at: number | null;
  };
  /** PostgreSQL alone has these two. Whose commit took effect: looked up where its answer was lost. */
  commits: { id: string; at: number };
  /** The processes that share the database, with their connections to Slack. */
  replicas: { name: string; connections: number; seen_at: number };
};
