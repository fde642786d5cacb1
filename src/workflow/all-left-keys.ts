import type { Key } from "../domain/key";
import { isLeaverIn, MAX_LEFT_KEYS } from "../domain/leaver";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import type { CallPorts } from "./calls";
import type { ChangePorts } from "./change";
import { type CheckPorts, requireApprover } from "./check-person";
import { deleteKey } from "./delete";
import { done, type Outcome } from "./outcome";
import { pauseKey } from "./pause-key";
import type { Ids } from "./ports";

type AllPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
type Click = { actor: Actor; ownerId: string };

/** Pauses all keys of somebody who has left: an approver's step, judged anew for each. */
export function pauseAllLeft(ports: AllPorts, click: Click): Promise<Outcome> {
  return withEach(ports, click, "paused", ({ accessKeyId }) => pauseKey(ports, { actor: click.actor, accessKeyId }));
}

/** Deletes all keys of somebody who has left: an approver's step, judged anew for each. */
export function deleteAllLeft(ports: AllPorts, click: Click): Promise<Outcome> {
  return withEach(ports, click, "deleted", ({ accessKeyId }) => deleteKey(ports, { actor: click.actor, accessKeyId }));
}

async function withEach(
  ports: AllPorts,
  { actor, ownerId }: Click,
  did: "paused" | "deleted",
  act: (key: Key) => Promise<Outcome>,
): Promise<Outcome> {
  const may = await requireApprover(ports, actor);
  if (may.kind === "refused") return may;
  const { leaver, keys } = await ports.store.read(async (record) => ({
    leaver: await record.leavers.find(ownerId),
    keys: await record.keys.livingOf(ownerId, MAX_LEFT_KEYS),
  }));
  if (!isLeaverIn(leaver, "left") || keys.length === 0) return refused("nothing_left", { ownerId });
  let count = 0;
  let first: Refusal | null = null;
  for (const key of keys) {
    const outcome = await act(key);
    if (outcome.kind === "done") count += 1;
    else first ??= outcome;
  }
  return first !== null && count === 0 ? first : done("all_left", { ownerId, did, count, others: keys.length - count });
}
