import { testedDatabase } from "../kit/database";
import type { World } from "../kit/world";

/**
 * Puts keys that are on into the record, as if they were made long ago or, with a higher `since`, after everything else.
 * @param keys `count` of them, all called `keyName` or, with `isNumbered`, that and a number
 */
export async function putKeys(
  { database }: World,
  keys: { ownerId: string; keyName: string; count: number; since: number; isNumbered?: boolean },
): Promise<void> {
  const { ownerId, keyName, count, since, isNumbered = false } = keys;
  const id = `${ownerId}-${keyName}-${since}-`;
  const numbers = `with recursive up(i) as (select 1 union all select i + 1 from up where i < ${count})`;
  const name = isNumbered ? `'${keyName}-' || i` : `'${keyName}'`;
  await database.execute(`insert into requests (id, reference, requester_id, kind, asked_json, needs_approval, asked_at, state,
      state_json, attempts, version, view_id, dm_channel_id)
    ${numbers} select '${id}' || i, 'R${since}X' || i, '${ownerId}', 'key', '{}', 0, ${since} + i, 'made', '{}', 1, 1,
      'V-${id}' || i, 'DX' from up`);
  await database.execute(`insert into keys (access_key_id, request_id, reference, owner_id, key_name, tigris_name, permission,
      buckets, endpoint, made_at, delivery_id, state, state_json, version)
    ${numbers} select 'tid_ci_${id}' || i, '${id}' || i, 'R${since}X' || i, '${ownerId}', ${name}, '${keyName}-${id}' || i,
      'ReadOnly', null, 'Default', ${since} + i, 'd-${id}' || i, 'live',
      '{"kind":"live","secret":{"kind":"unconfirmed"}}', 1 from up`);
  if (testedDatabase !== "sqlite") return;
  await database.execute(`insert into key_search (access_key_id, words)
    select access_key_id, key_name || ' ' || reference || ' ' || access_key_id || ' ' || coalesce(buckets, '') from keys where request_id like '${id}%'`);
}
