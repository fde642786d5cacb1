import type { Actor } from "../domain/person";
import type { Refusal } from "../domain/refusal";
import { type CheckPorts, lookingFor, requireRequester } from "./check-person";
import type { TigrisPort } from "./tigris-port";

/**
 * Names of buckets that hold `search`, for somebody who may ask for keys. These are options:
 * who asks may have been looked up a while ago.
 */
export async function bucketsFor(
  ports: CheckPorts & { tigris: Pick<TigrisPort, "listBuckets"> },
  query: { actor: Actor; search: string; limit: number },
): Promise<string[] | Refusal> {
  const allowed = await requireRequester(lookingFor("options", ports), query.actor);
  if (allowed.kind === "refused") return allowed;
  const list = await ports.tigris.listBuckets();
  if (list.kind === "unavailable") return [];
  const words = query.search.toLowerCase();
  return list.names.filter((name) => name.toLowerCase().includes(words)).slice(0, query.limit);
}
