import { APP_HOME_LIVE_MS } from "../../src/domain/limits";
import { type TestDatabase, testedDatabase } from "../kit/database";

/** What a large company has after some years. */
const REQUESTS = 400_000;
export const KEYS = 100_000;
/** When everything ended that did: not long enough ago. */
const ENDED_AT = 500_000;
/** The moment at which it is looked at. */
export const NOW = 1_000_000;

/** What SQLite finds words in. */
const WORDS = `insert into key_search (access_key_id, words)
  select access_key_id, key_name || ' ' || reference || ' ' || access_key_id || ' ' || coalesce(buckets, '') from keys;`;

/** Everything idle: requests that are over or wait for weeks, keys that are live or gone, attempts that are closed, Homes but one. */
export function fillRecord({ execute }: Pick<TestDatabase, "execute">): Promise<void> {
  return execute(`begin;
    create temp table n as with recursive up(i) as (select 1 union all select i + 1 from up where i < ${REQUESTS}) select i from up;
    insert into requests (id, reference, requester_id, kind, asked_json, needs_approval, asked_at, state, state_json,
        attempts, version, view_id, dm_channel_id, requester_card_channel_id, requester_card_ts, approvals_card_channel_id,
        approvals_card_ts)
      select 'r' || i, 'REF' || i, 'U' || (i % 5000), 'key', '{}', i % 2, i,
        case when i % 40 = 0 then 'pending' when i > ${KEYS} then 'lapsed' else 'made' end, '{}', 1, 1, 'V' || i, 'D' || (i % 5000), 'D' || (i % 5000), 't' || i, 'C1', 't' || -i from n;
    insert into timers (subject_id, kind, due_at, lease_until)
      select id, 'lapse', 86400000, 0 from requests where state = 'pending';
    insert into timers (subject_id, kind, due_at, lease_until)
      select id, 'forget', ${ENDED_AT}, 0 from requests where state = 'lapsed';
    insert into keys (access_key_id, request_id, reference, owner_id, key_name, tigris_name, permission, buckets, endpoint,
        made_at, delivery_id, state, state_json, version)
      select 'tid_' || i, 'r' || i, 'REF' || i, 'U' || (i % 5000), 'service-' || i, 'service-' || i || '-REF' || i,
        'ReadOnly', null, 'Default', i, 'd' || i, case when i % 3 = 0 then 'deleted' else 'live' end,
        case when i % 3 = 0 then '{"kind":"deleted","byId":null,"at":1}'
          else '{"kind":"live","secret":{"kind":"unconfirmed"}}' end, 1 from n where i <= ${KEYS};
    ${testedDatabase === "sqlite" ? WORDS : ""}
    insert into timers (subject_id, kind, due_at, lease_until) select access_key_id, 'age', made_at, 0 from keys where state = 'live';
    insert into attempts (id, request_id, access_key_id, actor_id, started_at, lease_holder, lease_until, next_at, tries,
        alerted, kind, phase, number, tigris_name, closed, click_id)
      select 'd' || i, 'r' || i, 'tid_' || i, 'U1', i, 'w', 0, 0, 0, 0, 'create', 'posted', 1,
        'service-' || i || '-REF' || i, 1, 'c' || i from n where i <= ${KEYS};
    insert into timers (subject_id, kind, due_at, lease_until) select id, 'forget', ${ENDED_AT}, 0 from attempts;
    insert into used_names (tigris_name, reference) select 'old-' || i || '-OLD' || i, 'OLD' || i from n;
    insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
      select '{}', ${ENDED_AT}, ${NOW + 60_000}, 0, 1, 0 from n where i <= 10000;
    insert into outbox (card, message_json, created_at, next_at, tries, revision, lease_until, daily)
      select 'old_keys U' || i, '{}', ${ENDED_AT}, ${NOW + 60_000_000}, 1, 1, 0, 1 from n where i <= 10000;
    insert into leak_messages (access_key_id, channel_id, ts, message_json, posted_at)
      select 'tid_' || i, 'C1', '1.' || i, '{}', ${NOW} from n where i <= 10000;
    insert into app_homes (user_id, opened_at, acts, drawn_acts, look_json, sees_others, drawn_at, lease_until)
      select 'U' || i, case i when 1 then ${NOW} else ${NOW - 2 * APP_HOME_LIVE_MS} end, 1, 1, '{}',
        case when i <= 20 then 1 else 0 end, ${NOW}, 0 from n where i <= 5000;
    insert into events (at, name, actor_id, request_id, outcome) select i, 'request.created', 'U1', 'r' || i, 'x' from n;
    insert into policies (digest, text, loaded_by, loader, loaded_at, replaced_at)
      select 'p' || i, 'rules', 'start', 'host/1', i, case i when 2000 then null else i end from n where i <= 2000;
    commit; analyze;`);
}
