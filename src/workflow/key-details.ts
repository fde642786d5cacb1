import type { Key } from "../domain/key";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import { mayUseKey } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { type CheckPorts, lookingFor } from "./check-person";
import { noteListing } from "./list";
import { mayDeleteNow } from "./may-delete-now";
import type { CardPlaces } from "./store-port";

/** A key with the request that it came from, null where it can't be read, and where the cards of that one stand. */
export type KeyDetails = { kind: "found"; key: Key; request: Request | null; places: CardPlaces };

/** All that is known of a key, for its owner and approvers. */
export async function keyDetails(
  ports: CheckPorts & ChangePorts,
  click: { actor: Actor; accessKeyId: string },
): Promise<KeyDetails | Refusal> {
  const found = await look(ports, click);
  const { userId } = click.actor;
  if (found.kind === "found" && found.key.ownerId !== userId) await noteListing(ports, userId, found.key.ownerId);
  return found;
}

/** The same for its owner alone, who is to be led to its card. */
export async function ownKeyDetails(
  ports: CheckPorts & ChangePorts,
  click: { actor: Actor; accessKeyId: string },
): Promise<KeyDetails | Refusal> {
  const found = await look(ports, click);
  if (found.kind === "refused") return found;
  const own = mayUseKey(found.key, click.actor.userId);
  return own.kind === "refused" ? own : found;
}

async function look(
  ports: CheckPorts & ChangePorts,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<KeyDetails | Refusal> {
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const may = await mayDeleteNow(lookingFor("form", ports), actor, key);
  if (may.kind === "refused") return may;
  if (key === null) return refused("unknown_key");
  return ports.store.read(async ({ requests }) => ({
    kind: "found",
    key,
    request: await requests.findReadable(key.requestId),
    places: await requests.cards(key.requestId),
  }));
}
