import type { KeyCounts } from "../domain/key-counts";
import type { Actor } from "../domain/person";
import type { Refusal } from "../domain/refusal";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, lookingFor, requireApprover } from "./check-person";
import { step } from "./step";

/** Counts all keys, for an approver. Who had them counted is in the record before they see anything. */
export async function reportKeys(
  ports: CheckPorts & ChangePorts,
  { actor }: { actor: Actor },
): Promise<{ kind: "counted"; counts: KeyCounts } | Refusal> {
  const allowed = await requireApprover(lookingFor("form", ports), actor);
  if (allowed.kind === "refused") return allowed;
  const reported = { name: "keys.reported", actorId: actor.userId, outcome: "counts" } as const;
  await change(ports, { about: null, decide: () => step(actor.userId, { events: [reported] }) });
  return { kind: "counted", counts: await ports.store.read(({ keys }) => keys.counts()) };
}
