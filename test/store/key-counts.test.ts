import { database as locationSetting } from "../../src/config-database";
import { newAge, rotatedAge } from "../../src/domain/key-age";
import { newEnd } from "../../src/domain/key-end";
import { readKeys } from "../../src/store/read-keys";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

const DAY = 86_400_000;
const NOW = 1_700_000_000_000;

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore(NOW);
});
afterEach(() => filled.stop());

async function add(id: string, changes: Parameters<typeof newKey>[1] = {}): Promise<void> {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest(id));
    await tx.keys.insert(newKey(id, changes));
  });
}

const counts = () => filled.store.read(({ keys }) => keys.counts());

async function all(): Promise<string[]> {
  const ids: string[] = [];
  for await (const keys of readKeys(locationSetting.parse(filled.database.url), () => undefined))
    ids.push(...keys.map(({ accessKeyId }) => accessKeyId));
  return ids;
}

test("where there is no key, nothing is counted and nothing read", async () => {
  expect(await counts()).toEqual({
    all: 0,
    byPermission: [
      { permission: "ReadOnly", count: 0, ofAllBuckets: 0 },
      { permission: "Editor", count: 0, ofAllBuckets: 0 },
      { permission: "Admin", count: 0, ofAllBuckets: 0 },
    ],
    byAge: [0, 0, 0, 0],
    withoutEnd: 0,
    neverRotated: 0,
    owners: { count: 0, most: [] },
  });
  expect(await all()).toEqual([]);
});

test("keys are counted by access, by the age of their secret, and by owner; what is deleted is not", async () => {
  const ages = [0, 30, 31, 90, 91, 180, 181, 400];
  for (const [index, days] of ages.entries())
    await add(`k${index}`, { age: newAge(NOW - days * DAY), ownerId: `U${index % 3}`, madeAt: NOW - 500 * DAY });
  const buckets = { kind: "named", names: ["builds"] } as const;
  await add("editor", {
    access: { permission: "Editor", buckets },
    age: rotatedAge(newAge(NOW - 400 * DAY), NOW - DAY),
    end: newEnd(NOW + DAY, NOW),
  });
  await add("wide", { access: { permission: "Editor", buckets: { kind: "all" } }, age: newAge(NOW) });
  await add("gone", { state: { kind: "deleted", byId: null, why: "gone", at: 1 }, age: newAge(NOW) });
  expect(await counts()).toEqual({
    all: 10,
    byPermission: [
      { permission: "ReadOnly", count: 0, ofAllBuckets: 0 },
      { permission: "Editor", count: 2, ofAllBuckets: 1 },
      { permission: "Admin", count: 8, ofAllBuckets: 8 },
    ],
    byAge: [4, 2, 2, 2],
    withoutEnd: 9,
    neverRotated: 9,
    owners: {
      count: 4,
      most: [
        { ownerId: "U0", count: 3 },
        { ownerId: "U1", count: 3 },
        { ownerId: "U2", count: 2 },
        { ownerId: "UDEV", count: 2 },
      ],
    },
  });
});

test("of many owners ten are named, those with the most keys first", async () => {
  for (let owner = 0; owner < 12; owner++)
    for (let key = 0; key <= owner % 3; key++) await add(`k${owner}-${key}`, { ownerId: `U${owner}` });
  const { owners } = await counts();
  expect(owners.count).toBe(12);
  expect(owners.most.map(({ count }) => count)).toEqual([3, 3, 3, 3, 2, 2, 2, 2, 1, 1]);
});

test("all keys are read a part at a time, newest first, each once, beside an open store; what can't be read is told", async () => {
  await filled.database.execute(`insert into requests (id, reference, requester_id, kind, asked_json, needs_approval, asked_at, state,
        state_json, attempts, version, view_id, dm_channel_id)
      values ('r', 'REF', 'U1', 'key', '{}', 0, 1, 'made', '{}', 1, 1, 'V', 'D1');
    insert into keys (access_key_id, request_id, reference, owner_id, key_name, tigris_name, permission, buckets, endpoint, made_at,
        delivery_id, state, state_json, version)
      with recursive up(i) as (select 1 union all select i + 1 from up where i < 1234)
      select 'tid_' || i, 'r', 'REF', 'U1', 'k', 'k' || i, 'ReadOnly', null, 'Default', i / 7, 'd' || i, 'live',
        case when i = 77 then '{}' else '{"kind":"live","secret":{"kind":"confirmed","at":1}}' end, 1 from up`);
  const unreadable: string[] = [];
  const sizes: number[] = [];
  const ids: string[] = [];
  for await (const keys of readKeys(locationSetting.parse(filled.database.url), (row) => unreadable.push(row))) {
    sizes.push(keys.length);
    ids.push(...keys.map(({ accessKeyId }) => accessKeyId));
    // Somebody goes on writing.
    await add(`new-${sizes.length}`, { madeAt: 5_000 });
  }
  expect(Math.max(...sizes)).toBe(500);
  expect(ids).toHaveLength(1_233);
  expect(new Set(ids).size).toBe(1_233);
  expect(ids[0]).toBe("tid_1234");
  expect(unreadable).toEqual(["keys tid_77"]);
});

test("the tables of another version are not read", async () => {
  await filled.database.execute("delete from kysely_migration where name like '%secrets-have-an-age'");
  await expect(all()).rejects.toMatchObject({ code: "other_tables" });
});
