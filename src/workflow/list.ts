import type { Key } from "../domain/key";
import { MAX_KEYS_LOOKED_THROUGH } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUse } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { type CheckPorts, checkActor, isApprover, lookingFor, requireMember } from "./check-person";
import { mayDeleteNow } from "./delete";
import type { KeyQuery } from "./store-port";

type ListPorts = CheckPorts & Pick<ChangePorts, "store">;

/** Whose keys are listed. */
export type Whose = { kind: "own" } | { kind: "all" } | { kind: "person"; userId: string };

export type Page = { kind: "page"; keys: Key[]; hasOlder: boolean; hasNewer: boolean };

/** One page of keys, newest first. Everybody sees their own; approvers see everybody's. */
export async function listKeys(
  ports: ListPorts,
  query: { actor: Actor; whose: Whose; from: KeyQuery["from"]; pageSize: number },
): Promise<Page | Refusal> {
  const { actor, whose, from, pageSize } = query;
  const isOwn = whose.kind === "own" || (whose.kind === "person" && whose.userId === actor.userId);
  const looking = lookingFor("form", ports);
  const allowed = await (isOwn ? requireMember(looking, actor) : requireApprover(looking, actor));
  if (allowed.kind === "refused") return allowed;
  const ownerId = isOwn ? actor.userId : whose.kind === "person" ? whose.userId : null;
  const found = await findPage(ports, { ownerId, from, search: null, limit: pageSize + 1 });
  const isCut = found.length > pageSize;
  const backwards = from?.side === "newer";
  const keys = isCut ? (backwards ? found.slice(1) : found.slice(0, pageSize)) : found;
  return {
    kind: "page",
    keys,
    hasOlder: backwards ? true : isCut,
    hasNewer: backwards ? isCut : from !== null,
  };
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
  const checked = await checkActor(ports, query.actor, ports.settings.approvers);
  // Who the approvers are may be unknown just now; one's own keys need only a member.
  const use = checked.kind === "refused" ? await requireMember(ports, query.actor) : mayUse(checked.standing);
  if (use.kind === "refused") return use;
  const ownerId = checked.kind === "checked" && isApprover(checked) ? null : query.actor.userId;
  return findPage(ports, { ownerId, from: null, search: query.search || null, limit: query.limit });
}

/** One key that somebody may delete, by its access key id, or by its name where only one of theirs has it. */
export async function keyToDelete(
  ports: ListPorts,
  query: { actor: Actor; named: string },
): Promise<{ kind: "found"; key: Key | null } | Refusal> {
  const byId = await ports.store.read((record) => record.keys.find(query.named));
  if (byId) {
    const may = await mayDeleteNow(lookingFor("form", ports), query.actor, byId);
    return may.kind === "refused" ? may : { kind: "found", key: byId };
  }
  const keys = await keysToDelete(ports, { actor: query.actor, search: query.named, limit: MAX_KEYS_LOOKED_THROUGH });
  if ("kind" in keys) return keys;
  const exact = keys.filter((key) => key.keyName === query.named || key.tigrisName === query.named);
  const own = exact.filter((key) => key.ownerId === query.actor.userId);
  const [only, ...others] = own.length > 0 ? own : exact;
  return { kind: "found", key: only && others.length === 0 ? only : null };
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

async function findPage(ports: ListPorts, query: KeyQuery): Promise<Key[]> {
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
