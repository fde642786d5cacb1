import { viewProblems } from "../limits/blocks";
import { LIMITS } from "../limits/table";
import { type OpenView, openView, show, type ViewPayload } from "../views";
import type { Workspace } from "../workspace";
import { type Failure, failure, type Method, type Result, textOf } from "./method";

export const viewMethods: Record<string, Method> = {
  "views.open": { scopes: [], required: ["trigger_id", "view"], token: "bot", run: open },
  "views.push": { scopes: [], required: ["trigger_id", "view"], token: "bot", run: push },
  "views.update": { scopes: [], required: ["view"], token: "bot", run: update },
};

/** A view that Slack would take, or why it would not. */
export function viewOf(view: unknown): ViewPayload | Failure {
  if (JSON.stringify(view ?? null).length > LIMITS.view.bytes) return failure("view_too_large");
  const problems = viewProblems(view);
  if (problems.length > 0) return failure("invalid_arguments", { response_metadata: { messages: problems } });
  return view as ViewPayload;
}

/** An `external_id` is taken by one view at a time. */
function newView(workspace: Workspace, view: unknown): ViewPayload | Failure {
  const payload = viewOf(view);
  if ("error" in payload || !payload.external_id) return payload;
  const taken = [...workspace.stacks.values()].flat().some((open) => open.payload.external_id === payload.external_id);
  return taken ? failure("duplicate_external_id") : payload;
}

/** Uses a trigger up. */
function takeTrigger(workspace: Workspace, params: Record<string, unknown>) {
  const trigger = workspace.triggers.get(textOf(params, "trigger_id") ?? "");
  if (!trigger) return failure("invalid_trigger_id");
  if (trigger.isUsed) return failure("exchanged_trigger_id");
  if (workspace.now() - trigger.at > LIMITS.triggerMs * workspace.patience) return failure("expired_trigger_id");
  trigger.isUsed = true;
  return trigger;
}

function open(workspace: Workspace, params: Record<string, unknown>): Result {
  const payload = newView(workspace, params.view);
  if ("error" in payload) return payload;
  const trigger = takeTrigger(workspace, params);
  if ("error" in trigger) return trigger;
  const view = openView(payload, { root: undefined, previous: undefined });
  workspace.stacks.set(trigger.userId, [view]);
  workspace.changed({ kind: "modal", userId: trigger.userId });
  return { view: viewObject(workspace, view) };
}

function push(workspace: Workspace, params: Record<string, unknown>): Result {
  const payload = newView(workspace, params.view);
  if ("error" in payload) return payload;
  const trigger = takeTrigger(workspace, params);
  if ("error" in trigger) return trigger;
  const stack = workspace.stackOf(trigger.userId);
  if (trigger.viewId === null || stack.length === 0) return failure("not_found");
  if (stack.length >= LIMITS.view.stack) return failure("push_limit_reached");
  const view = openView(payload, { root: stack[0], previous: stack.at(-1) });
  stack.push(view);
  workspace.changed({ kind: "modal", userId: trigger.userId });
  return { view: viewObject(workspace, view) };
}

function update(workspace: Workspace, params: Record<string, unknown>): Result {
  const payload = viewOf(params.view);
  if ("error" in payload) return payload;
  const viewId = textOf(params, "view_id");
  const externalId = textOf(params, "external_id");
  const owners = [...workspace.stacks].flatMap(([userId, stack]) => stack.map((view) => ({ userId, view })));
  const found = owners.find(({ view: { id, payload: shown } }) =>
    viewId ? id === viewId : externalId !== null && shown.external_id === externalId,
  );
  if (!found) return failure("not_found");
  const { userId, view } = found;
  const hash = textOf(params, "hash");
  if (hash !== null && hash !== view.hash) return failure("hash_conflict");
  show(view, payload);
  workspace.changed({ kind: "modal", userId });
  return { view: viewObject(workspace, view) };
}

/** A view as Slack sends it, with what was typed so far. */
export function viewObject(workspace: Workspace, view: OpenView): Record<string, unknown> {
  const { payload } = view;
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: "modal",
    title: payload.title,
    submit: payload.submit ?? null,
    close: payload.close ?? null,
    blocks: payload.blocks,
    private_metadata: payload.private_metadata ?? "",
    callback_id: payload.callback_id ?? "",
    external_id: payload.external_id ?? "",
    state: { values: view.values },
    hash: view.hash,
    clear_on_close: payload.clear_on_close ?? false,
    notify_on_close: payload.notify_on_close ?? false,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
  };
}
