import { type Answer, jsonAnswer } from "../answer";
import { type Happening, told } from "../happened";
import type { HappeningSource } from "../happened-feed";
import type { Call, Response, Returned, Sending, Workspace } from "./workspace";

/** What passed between Slack and the app. @param since in milliseconds since 1970 */
export function happened(workspace: Workspace, since: number): Answer {
  return jsonAnswer(200, { happenings: told(all(workspace), since, workspace.masks), now: workspace.now() });
}

/** The same, for whoever watches. */
export function happeningsOf(workspace: Workspace): HappeningSource {
  return { all: () => all(workspace), changes: workspace.passed, masks: workspace.masks };
}

function all({ calls, responses, deliveries }: Workspace): Happening[] {
  const happenings = [...calls.map(callOf), ...responses.map(responseOf), ...deliveries.map(deliveryOf)];
  return happenings.sort((a, b) => a.at - b.at);
}

function callOf({ method, params, at, ...returned }: Call, index: number): Happening {
  return fromApp({ id: `call-${at}-${index}`, name: method, at, asked: params }, returned);
}

function responseOf({ params, at, ...returned }: Response, index: number): Happening {
  return fromApp({ id: `response-${at}-${index}`, name: "response_url", at, asked: params }, returned);
}

function fromApp(call: Pick<Happening, "id" | "name" | "at" | "asked">, { sent, endedAt }: Returned): Happening {
  const parties = { ...call, from: "app", to: "Slack" };
  if (!sent) return { ...parties, endedAt: null, isOk: null, answered: null };
  const answered = readable(sent.body);
  const isRefused = typeof answered === "object" && answered !== null && "ok" in answered && answered.ok !== true;
  return { ...parties, endedAt, isOk: sent.status === 200 && !isRefused, answered };
}

function readable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Some answers are plain text.
    return body;
  }
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

/** A command by what was typed, a click by its element, an event by its kind, a shortcut by its id, anything else by its type. */
function nameOf(payload: Record<string, unknown>): string {
  if (typeof payload.command === "string") return `${payload.command} ${payload.text ?? ""}`.trim();
  const event = payload.event as { type?: string } | undefined;
  if (event?.type) return event.type;
  const [action] = (payload.actions as { action_id?: string }[] | undefined) ?? [];
  return [String(payload.type), action?.action_id ?? payload.callback_id].filter(Boolean).join(" ");
}
