import type { Key } from "../domain/key";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayDelete, mayUse } from "../domain/who-may";
import { type CheckPorts, checkActor, isApprover } from "./check-person";

/**
 * The fresh look: at the owner as a member, at anybody else as an approver. Of a key that does not exist Slack is asked the
 * same as of somebody else's, so that the time that it takes tells nothing either.
 */
export async function mayDeleteNow(
  ports: CheckPorts,
  actor: Actor,
  key: Key | null,
): Promise<{ kind: "allowed"; ids: readonly string[] } | Refusal> {
  const isOwner = key?.ownerId === actor.userId;
  const checked = await checkActor(ports, actor, isOwner ? null : ports.settings.approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  if (key === null) return refused("unknown_key");
  const may = mayDelete(key, actor.userId, !isOwner && isApprover(checked));
  return may.kind === "refused" ? may : { kind: "allowed", ids: checked.ids };
}
