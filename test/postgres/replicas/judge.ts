import type { World } from "../../kit/world";
import { records } from "../../safety/crashes/records";
import { keysInTigris, poweredInTigris } from "../../safety/crashes/recover";

const ENDS = ["request.denied", "request.cancelled", "request.withdrawn", "request.lapsed", "request.used_up"];
const SECRET = /tsec_[\w-]+/g;

type Key = { id: string; owner_id: string; request_id: string; tigris_name: string; state: string };
type Event = { request_id: string; name: string; actor_id: string; access_key_id: string | null };

type Judged = { requests: number; made: number; replaced: number; paused: number; shown: number };

/**
 * Holds all that happened to the promises: one outcome for each request, one key and one holder of it, nothing at Tigris that
 * is not on record, no power without its holder's word and none while a key is paused, no secret shown twice or to anybody else.
 */
export async function judge(world: World): Promise<Judged> {
  const { database, tigris } = world;
  const requests = await database.rows<{ id: string; requester_id: string; state: string }>(
    "select id, requester_id, state from requests",
  );
  const keys = await database.rows<Key>(
    "select access_key_id as id, owner_id, request_id, tigris_name, state from keys order by access_key_id",
  );
  const events = await database.rows<Event>("select request_id, name, actor_id, access_key_id from events");
  const ofRequest = new Map<string, string[]>();
  for (const { request_id: id, name } of events) ofRequest.set(id, [...(ofRequest.get(id) ?? []), name]);

  const twice = requests.filter(({ id }) => {
    const names = ofRequest.get(id) ?? [];
    const approved = names.filter((name) => name === "request.approved").length;
    return names.filter((name) => ENDS.includes(name)).length > 1 || approved > 1;
  });
  expect(twice).toEqual([]);
  expect(requests.filter(({ state }) => state === "making")).toEqual([]);

  const left = keys.filter(({ state }) => state !== "deleted");
  expect(left.filter(({ state }) => state !== "live")).toEqual([]);
  expect(keysInTigris(world)).toEqual(left.map(({ id }) => id));
  const names = new Map(tigris.keys().map(({ accessKeyId, name }) => [accessKeyId, name]));
  const requesterOf = new Map(requests.map(({ id, requester_id: requester }) => [id, requester]));
  for (const key of keys) expect(requesterOf.get(key.request_id)).toBe(key.owner_id);
  for (const key of left) expect(names.get(key.id)).toBe(key.tigris_name);
  expect(new Set(left.map((key) => key.request_id)).size).toBe(left.length);

  const { poweredKeys } = await records(world);
  expect(poweredInTigris(world)).toEqual(poweredKeys);
  expect(withoutWord(world, keys, events)).toEqual([]);
  const shown = await shownSecrets(world, left, new Set(poweredKeys));
  const paused = left.length - poweredKeys.length;
  return { requests: requests.length, made: left.length, replaced: keys.length - left.length, paused, shown };
}

/** Keys that Tigris was asked to give roles to, although their owner never said that they hold the secret. */
function withoutWord({ tigris }: World, keys: readonly Key[], events: readonly Event[]): string[] {
  const said = events.filter(({ name }) => name === "key.switching_on");
  const isSaid = (id: string) => {
    const ownerId = keys.find((key) => key.id === id)?.owner_id;
    return said.some(({ access_key_id: ofKey, actor_id: by }) => ofKey === id && by === ownerId);
  };
  const given = tigris.calls
    .filter(({ action }) => action === "UpdateAccessKeyWithBucketsRole")
    .map(({ params }) => JSON.parse(params.Req ?? "") as { id: string; buckets_role: unknown[] })
    .filter(({ buckets_role: roles }) => roles.length > 0);
  const made = tigris.calls
    .filter(({ action }) => action === "CreateAccessKeyWithBucketsRole")
    .map(({ params }) => JSON.parse(params.Req ?? "") as { name: string; buckets_role?: unknown[] })
    .filter(({ buckets_role: roles = [] }) => roles.length > 0);
  return [...given.map(({ id }) => id).filter((id) => !isSaid(id)), ...made.map(({ name }) => name)];
}

/** @returns how many secrets were shown */
async function shownSecrets(world: World, keys: readonly Key[], powered: ReadonlySet<string>): Promise<number> {
  const { slack, tigris, log, database } = world;
  const posts = slack.calls.filter(({ method }) => method === "chat.postEphemeral");
  const shown = new Map<string, { to: unknown; secret: string }>();
  const seen = new Set<string>();
  for (const { params, answer } of posts) {
    const text = JSON.stringify(params);
    const id = /tid_[\w-]+/.exec(text)?.[0] ?? "";
    for (const secret of new Set(text.match(SECRET) ?? [])) {
      if (answer === null) continue;
      expect(seen.has(secret)).toBe(false);
      seen.add(secret);
      shown.set(id, { to: params.user, secret });
    }
  }
  for (const key of keys) {
    const { to, secret = "" } = shown.get(key.id) ?? {};
    expect({ id: key.id, to }).toEqual({ id: key.id, to: key.owner_id });
    const { may } = await tigris.use(key.id, secret);
    expect({ id: key.id, isUseful: may.length > 1 }).toEqual({ id: key.id, isUseful: powered.has(key.id) });
  }
  const others = slack.calls.filter(({ method }) => method !== "chat.postEphemeral");
  const elsewhere = [
    log,
    others.map(({ params, answer }) => [params, answer]),
    await database.contents(),
    tigris.calls,
  ];
  expect(elsewhere.flatMap((place) => JSON.stringify(place).match(SECRET) ?? [])).toEqual([]);
  return seen.size;
}
