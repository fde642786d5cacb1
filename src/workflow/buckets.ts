import type { Actor } from "../domain/person";
import { requireRequester } from "./look";
import type { Ports } from "./ports";

/** Names of buckets that hold `search`, for somebody who may ask for keys; none where that cannot be checked. */
export async function bucketsFor(
  ports: Ports,
  query: { actor: Actor; search: string; limit: number },
): Promise<string[]> {
  const allowed = await requireRequester(ports, query.actor);
  if (allowed.kind === "refused") return [];
  const list = await ports.tigris.listBuckets();
  if (list.kind === "unavailable") return [];
  const words = query.search.toLowerCase();
  return list.names.filter((name) => name.toLowerCase().includes(words)).slice(0, query.limit);
}
