import type { Key } from "../domain/key";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { type CheckPorts, lookingFor, requireMember } from "./check-person";
import type { CardPlaces } from "./store-port";

/** One's own key, with where its card stands. */
export async function ownCard(
  ports: CheckPorts & Pick<ChangePorts, "store">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key; places: CardPlaces } | Refusal> {
  const member = await requireMember(lookingFor("form", ports), actor);
  if (member.kind === "refused") return member;
  const found = await ports.store.read(async (record) => {
    const key = await record.keys.find(accessKeyId);
    return key && { key, places: await record.requests.cards(key.requestId) };
  });
  if (found === null) return refused("unknown_key");
  const may = mayUseKey(found.key, actor.userId);
  return may.kind === "refused" ? may : { kind: "found", ...found };
}
