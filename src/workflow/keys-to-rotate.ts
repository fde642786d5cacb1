import { hasEnded, isFree, type Key } from "../domain/key";
import { MAX_KEYS_OF_NAME } from "../domain/limits";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { ChangePorts } from "./change";
import { type CheckPorts, lookingFor, requireMember } from "./check-person";

type PickPorts = CheckPorts & Pick<ChangePorts, "store">;

/** The keys of their own that somebody may rotate, and that a search finds. */
export function keysToRotate(
  ports: PickPorts,
  query: { actor: Actor; search: string; limit: number },
): Promise<Key[] | Refusal> {
  return findToRotate(lookingFor("form", ports), query);
}

/** The same as options of a select: who asks may have been looked up a while ago. */
export function keyOptionsToRotate(
  ports: PickPorts,
  query: { actor: Actor; search: string; limit: number },
): Promise<Key[] | Refusal> {
  return findToRotate(lookingFor("options", ports), query);
}

async function findToRotate(
  ports: PickPorts,
  { actor, search, limit }: { actor: Actor; search: string; limit: number },
): Promise<Key[] | Refusal> {
  const member = await requireMember(ports, actor);
  if (member.kind === "refused") return member;
  const page = { ownerId: actor.userId, from: null, search: search || null, limit: Math.max(limit, MAX_KEYS_OF_NAME) };
  const { keys } = await ports.store.read((record) => record.keys.page(page));
  return keys.filter(isRotatable).slice(0, limit);
}

/** The key of their own that somebody names by its access key id or its name; others' are none. */
export async function namedToRotate(
  ports: PickPorts,
  { actor, named }: { actor: Actor; named: string },
): Promise<{ kind: "found"; key: Key } | { kind: "several" } | Refusal> {
  const member = await requireMember(lookingFor("form", ports), actor);
  if (member.kind === "refused") return member;
  const { userId } = actor;
  const query = { named, ownerId: userId, firstId: userId, limit: MAX_KEYS_OF_NAME };
  const keys = await ports.store.read((record) => record.keys.named(query));
  const rotatable = keys.filter(isRotatable);
  const [key] = rotatable.length > 0 ? rotatable : keys;
  if (key === undefined) return refused("no_such_key", { named });
  return rotatable.length > 1 ? { kind: "several" } : { kind: "found", key };
}

/** Whether it has a secret that could be another one, now or with overlap. */
function isRotatable(key: Key): boolean {
  return isFree(key.state) && !hasEnded(key);
}
