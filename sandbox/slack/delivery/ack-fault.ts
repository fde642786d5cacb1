import { setTimeout as wait } from "node:timers/promises";
import type { Sending, Workspace } from "../workspace";
import type { Taken } from "./deliver";

/**
 * Takes an acknowledgement, or whatever a fault on `ack` makes of it: held or late, it may come after the three seconds;
 * lost, refused or garbled, the connection is cut (with `after`, once it was taken).
 * @returns null where it never arrived
 */
export async function acknowledgedUnderFault(
  workspace: Workspace,
  sending: Sending,
  body: unknown,
  cut: () => void,
): Promise<Taken | null> {
  const { kind, payload, envelopeId } = sending;
  const hit = workspace.faults.take("ack", { kind, payload, envelope_id: envelopeId, body });
  if (!hit) return take(workspace, sending, body);
  const { fault, reached, released } = hit;
  reached();
  switch (fault.kind) {
    case "hold":
      await released;
      return take(workspace, sending, body);
    case "delay":
      await wait(fault.ms);
      return take(workspace, sending, body);
    case "refuse":
      cut();
      return null;
    case "late":
      cut();
      workspace.faults.postpone(fault.ms, () => take(workspace, sending, body));
      return null;
    case "lose":
    case "garble":
      cut();
      return fault.when === "after" ? take(workspace, sending, body) : null;
  }
}

function take(workspace: Workspace, sending: Sending, body: unknown): Taken {
  if (sending.ackedAt === null) Object.assign(sending, { ackedAt: workspace.now(), ackBody: body });
  workspace.passed.emit("change");
  return { kind: "acked", body };
}
