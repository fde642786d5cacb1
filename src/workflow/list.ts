import type { Key } from "../domain/key";
import { MAX_KEYS_LOOKED_THROUGH } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayDelete, mayUse } from "../domain/who-may";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, checkActor, isApprover, lookingFor, requireMember } from "./check-person";
import { mayDeleteNow } from "./delete";
import { step } from "./step";
import type { KeyQuery } from "./store-port";

type ListPorts = CheckPorts & Pick<ChangePorts, "store">;

/** Whose keys are listed. */
export type Whose = { kind: "own" } | { kind: "all" } | { kind: "person"; userId: string };

export type Page = { kind: "page"; keys: Key[]; hasOlder: boolean; hasNewer: boolean };

/** One page of keys, newest first. Everybody sees their own; approvers see everybody's. */
export async function listKeys(
  ports: ListPorts & ChangePorts,
  query: { actor: Actor; whose: Whose; from: KeyQuery["from"]; pageSize: number },
): Promise<Page | Refusal> {
  const { actor, whose, from, pageSize } = query;
  const isOwn = whose.kind === "own" || (whose.kind === "person" && whose.userId === actor.userId);
  const looking = lookingFor("form", ports);
  const allowed = await (isOwn ? requireMember(looking, actor) : requireApprover(looking, actor));
  if (allowed.kind === "refused") return allowed;
  const ownerId = isOwn ? actor.userId : whose.kind === "person" ? whose.userId : null;
  if (!isOwn) await noteListing(ports, actor.userId, ownerId);
  const { keys, isCut } = await findPage(ports, { ownerId, from, search: null, limit: pageSize });
  const backwards = from?.side === "newer";
  return {
    kind: "page",
    keys,
    hasOlder: backwards ? true : isCut,
    hasNewer: backwards ? isCut : from !== null,
  };
}

/** Who looked at others' keys is in the record before they see a page of them. */
async function noteListing(ports: ChangePorts, actorId: string, ownerId: string | null): Promise<void> {
  const listed = { name: "keys.listed", actorId, outcome: ownerId ?? "all" } as const;
  await change(ports, { about: null, decide: () => step(actorId, { events: [listed] }) });
}

type KeySearch = { actor: Actor; search: string; limit: number };

/** The keys that somebody may delete and whose name or id holds `search`. */
export function keysToDelete(ports: ListPorts, query: KeySearch): Promise<Key[] | Refusal> {
  return findToDelete(lookingFor("form", ports), query);
}

/** The same as options of a select: who asks may have been looked up a while ago. */
export function keyOptionsToDelete(ports: ListPorts, query: KeySearch): Promise<Key[] | Refusal> {
  return findToDelete(lookingFor("options", ports), query);
}

async function findToDelete(ports: ListPorts, query: KeySearch): Promise<Key[] | Refusal> {
  const whose = await whoseToDelete(ports, query.actor);
  if (whose.kind === "refused") return whose;
  const { ownerId } = whose;
  return (await findPage(ports, { ownerId, from: null, search: query.search || null, limit: query.limit })).keys;
}

/**
 * One key that somebody may delete, by its access key id, or by its name where only one of theirs has it; null where more
 * than one has. Whether a key that they may not delete exists, neither the answer tells nor the way to it: who asks is
 * looked at first, and the record is read in the same way.
 */
export async function keyToDelete(
  ports: ListPorts,
  { actor, named }: { actor: Actor; named: string },
): Promise<{ kind: "found"; key: Key | null } | Refusal> {
  const whose = await whoseToDelete(lookingFor("form", ports), actor);
  if (whose.kind === "refused") return whose;
  const { ownerId } = whose;
  const { byId, keys } = await ports.store.read(async (record) => ({
    byId: await record.keys.find(named),
    keys: (await record.keys.page({ ownerId, from: null, search: named, limit: MAX_KEYS_LOOKED_THROUGH })).keys,
  }));
  if (byId && mayDelete(byId, actor.userId, ownerId === null).kind === "allowed") return { kind: "found", key: byId };
  const exact = keys.filter((key) => key.keyName === named || key.tigrisName === named);
  const own = exact.filter((key) => key.ownerId === actor.userId);
  const [only, ...others] = own.length > 0 ? own : exact;
  if (!only) return whose.unchecked ?? refused("no_such_key", { named });
  return { kind: "found", key: others.length === 0 ? only : null };
}

/**
 * Whose keys somebody may delete: their own, or everybody's (null).
 * @returns with `unchecked` where nobody can say just now who the approvers are: one's own keys need only a member
 */
async function whoseToDelete(
  ports: ListPorts,
  actor: Actor,
): Promise<{ kind: "whose"; ownerId: string | null; unchecked: Refusal | null } | Refusal> {
  const checked = await checkActor(ports, actor, ports.settings.approvers);
  const use = checked.kind === "refused" ? await requireMember(ports, actor) : mayUse(checked.standing);
  if (use.kind === "refused") return use;
  if (checked.kind === "refused") return { kind: "whose", ownerId: actor.userId, unchecked: checked };
  return { kind: "whose", ownerId: isApprover(checked) ? null : actor.userId, unchecked: null };
}

/** The key that somebody picked in the form, if they may delete it. */
export async function pickedKey(
  ports: ListPorts,
  click: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const key = await ports.store.read((record) => record.keys.find(click.accessKeyId));
  const may = await mayDeleteNow(lookingFor("form", ports), click.actor, key);
  if (may.kind === "refused") return may;
  return key ? { kind: "found", key } : refused("unknown_key");
}

async function requireApprover(ports: ListPorts, actor: Actor): Promise<{ kind: "allowed" } | Refusal> {
  const checked = await checkActor(ports, actor, ports.settings.approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  const { approvers } = ports.settings;
  return isApprover(checked) ? { kind: "allowed" } : refused("not_approver", { approvers });
}

async function findPage(ports: ListPorts, query: KeyQuery): Promise<{ keys: Key[]; isCut: boolean }> {
  return ports.store.read((record) => record.keys.page(query));
}

/** Which request a key came from, or null where there is no such key. Says nothing about who may see it. */
export async function requestOfKey(ports: ListPorts, accessKeyId: string): Promise<string | null> {
  return (await ports.store.read((record) => record.keys.find(accessKeyId)))?.requestId ?? null;
}

/** Whose a key is; nobody's, as an empty id, where there is no such key. Says nothing about who may see it. */
export async function ownerOfKey(ports: ListPorts, accessKeyId: string): Promise<string> {
  return (await ports.store.read((record) => record.keys.find(accessKeyId)))?.ownerId ?? "";
}
