import { type Answer, jsonAnswer } from "../answer";
import { type Happening, told } from "../happened";
import type { Call, Sending, Workspace } from "./workspace";

/** What passed between Slack and the app. @param since in milliseconds since 1970 */
export function happened(workspace: Workspace, since: number): Answer {
  const all = [...workspace.calls.map(callOf), ...workspace.deliveries.map(deliveryOf)].sort((a, b) => a.at - b.at);
  return jsonAnswer(200, { happenings: told(all, since, workspace.masks), now: workspace.now() });
}

function callOf({ method, params, at, answer, endedAt }: Call, index: number): Happening {
  return {
    id: `call-${at}-${index}`,
    from: "app",
    to: "Slack",
    name: method,
    at,
    endedAt,
    isOk: endedAt === null ? null : (answer as { ok?: boolean } | null)?.ok === true,
    asked: params,
    answered: answer,
  };
}

function deliveryOf({ payload, at, ackedAt, ackBody, envelopeId }: Sending): Happening {
  return {
    id: envelopeId,
    from: "Slack",
    to: "app",
    name: nameOf(payload),
    at,
    endedAt: ackedAt,
    isOk: ackedAt === null ? null : true,
    asked: payload,
    answered: ackBody ?? null,
  };
}

/** A command by what was typed, a click by its element, anything else by its type. */
function nameOf(payload: Record<string, unknown>): string {
  if (typeof payload.command === "string") return `${payload.command} ${payload.text ?? ""}`.trim();
  const [action] = (payload.actions as { action_id?: string }[] | undefined) ?? [];
  return [String(payload.type), action?.action_id].filter(Boolean).join(" ");
}
