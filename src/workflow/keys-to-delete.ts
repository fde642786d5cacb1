import { canBeDeleted, type Key } from "../domain/key";
import { whyBusy } from "../domain/key-steps";
import { MAX_KEYS_OF_NAME } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUse } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { type CheckPorts, checkActor, isApprover, lookingFor, requireMember } from "./check-person";
import { mayDeleteNow } from "./may-delete-now";
import type { Reads } from "./store-port";

type PickPorts = CheckPorts & Pick<ChangePorts, "store">;

/** `named`: what the command named several keys by, which are offered as long as nothing is searched for. */
type KeySearch = { actor: Actor; search: string; named: string | null; limit: number };

/** The keys that somebody may delete and that a search finds: those of exactly that name first, and their own before others'. */
export function keysToDelete(ports: PickPorts, query: KeySearch): Promise<Key[] | Refusal> {
  return findToDelete(lookingFor("form", ports), query);
}

/** The same as options of a select: who asks may have been looked up a while ago. */
export function keyOptionsToDelete(ports: PickPorts, query: KeySearch): Promise<Key[] | Refusal> {
  return findToDelete(lookingFor("options", ports), query);
}

async function findToDelete(ports: PickPorts, { actor, search, named, limit }: KeySearch): Promise<Key[] | Refusal> {
  const whose = await whoseToDelete(ports, actor);
  if (whose.kind === "refused") return whose;
  const { ownerId } = whose;
  return ports.store.read(async ({ keys: record }) => {
    if (search === "" && named !== null) return namedKeys(record, { actor, ownerId, named });
    const page = { from: null, search: search || null, limit };
    const exact = search === "" ? [] : await record.named({ named: search, ownerId, firstId: actor.userId, limit });
    const own = await record.page({ ...page, ownerId: actor.userId });
    const all = ownerId === null ? (await record.page({ ...page, ownerId })).keys : [];
    return eachOnce([...exact, ...own.keys, ...all]).slice(0, limit);
  });
}

function eachOnce(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [key.accessKeyId, key])).values()];
}

/** What a word of the command names: one key, several, or none that they may delete. */
export type Named = { kind: "found"; key: Key } | { kind: "several" } | Refusal;

/**
 * The key that somebody names by its access key id or its name: one of their own, where one is called so. Whether a key that
 * they may not delete exists, neither the answer tells nor the way to it: who asks is looked at first, and the record is read in
 * the same way.
 */
export async function keyToDelete(ports: PickPorts, { actor, named }: { actor: Actor; named: string }): Promise<Named> {
  const whose = await whoseToDelete(lookingFor("form", ports), actor);
  if (whose.kind === "refused") return whose;
  const { ownerId, unchecked } = whose;
  const [key, ...others] = await ports.store.read((record) => namedKeys(record.keys, { actor, ownerId, named }));
  if (!key) return unchecked ?? refused("no_such_key", { named });
  return others.length > 0 ? { kind: "several" } : deletable(key);
}

/** All keys of one name or id: somebody's own where there are any, else those of others that they may delete. */
async function namedKeys(
  record: Reads["keys"],
  { actor, ownerId, named }: { actor: Actor; ownerId: string | null; named: string },
): Promise<Key[]> {
  // Their own come first, so the limit leaves none of them out.
  const keys = await record.named({ named, ownerId, firstId: actor.userId, limit: MAX_KEYS_OF_NAME });
  const own = keys.filter((key) => key.ownerId === actor.userId);
  return own.length > 0 ? own : keys;
}

function deletable(key: Key): { kind: "found"; key: Key } | Refusal {
  return canBeDeleted(key.state) ? { kind: "found", key } : whyBusy(key, key.state);
}

/**
 * Whose keys somebody may delete: their own, or everybody's (null).
 * @returns with `unchecked` where nobody can say just now who the approvers are: one's own keys need only a member
 */
async function whoseToDelete(
  ports: PickPorts,
  actor: Actor,
): Promise<{ kind: "whose"; ownerId: string | null; unchecked: Refusal | null } | Refusal> {
  const checked = await checkActor(ports, actor, ports.settings.approvers);
  const use = checked.kind === "refused" ? await requireMember(ports, actor) : mayUse(checked.standing);
  if (use.kind === "refused") return use;
  if (checked.kind === "refused") return { kind: "whose", ownerId: actor.userId, unchecked: checked };
  return { kind: "whose", ownerId: isApprover(checked) ? null : actor.userId, unchecked: null };
}

/** The key that somebody picked, in the form or in a list, if they may delete it. */
export async function pickedKey(
  ports: PickPorts,
  click: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const key = await ports.store.read((record) => record.keys.find(click.accessKeyId));
  const may = await mayDeleteNow(lookingFor("form", ports), click.actor, key);
  if (may.kind === "refused") return may;
  return key ? deletable(key) : refused("unknown_key");
}
