import { homeProblems, viewProblems } from "../limits/blocks";
import type { Problems } from "../limits/check";
import { LIMITS } from "../limits/table";
import { type HomePayload, type ModalPayload, type OpenView, openView, show } from "../views";
import type { Workspace } from "../workspace";
import { type Failure, failure, type Method, type Result, textOf } from "./method";

export const viewMethods: Record<string, Method> = {
  "views.open": { scopes: [], required: ["trigger_id", "view"], token: "bot", run: open },
  "views.update": { scopes: [], required: ["view_id", "view"], token: "bot", run: update },
  "views.publish": { scopes: [], required: ["user_id", "view"], token: "bot", run: publish },
};

/** A modal that Slack would take, or why it would not. */
export function modalOf(view: unknown): ModalPayload | Failure {
  return checked<ModalPayload>(view, viewProblems);
}

function checked<Payload>(view: unknown, problemsOf: (view: unknown) => Problems): Payload | Failure {
  if (JSON.stringify(view ?? null).length > LIMITS.view.bytes) return failure("view_too_large");
  const problems = problemsOf(view);
  if (problems.length > 0) return failure("invalid_arguments", { response_metadata: { messages: problems } });
  return view as Payload;
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

/** Puts a modal on the screen of whoever the trigger is of, in place of one that is open there. */
function open(workspace: Workspace, params: Record<string, unknown>): Result {
  const payload = modalOf(params.view);
  if ("error" in payload) return payload;
  const trigger = takeTrigger(workspace, params);
  if ("error" in trigger) return trigger;
  const view = openView(payload);
  workspace.modals.set(trigger.userId, view);
  workspace.changed({ kind: "modal", userId: trigger.userId });
  return { view: viewObject(workspace, view) };
}

function update(workspace: Workspace, params: Record<string, unknown>): Result {
  const payload = modalOf(params.view);
  if ("error" in payload) return payload;
  const viewId = textOf(params, "view_id");
  const found = [...workspace.modals].find(([, { id }]) => id === viewId);
  if (!found) return failure("not_found");
  const [userId, view] = found;
  const hash = textOf(params, "hash");
  if (hash !== null && hash !== view.hash) return failure("hash_conflict");
  show(view, payload);
  workspace.changed({ kind: "modal", userId });
  return { view: viewObject(workspace, view) };
}

/** Puts a Home tab before somebody, in place of the one that they had. */
function publish(workspace: Workspace, params: Record<string, unknown>): Result {
  const payload = checked<HomePayload>(params.view, homeProblems);
  if ("error" in payload) return payload;
  if (!workspace.hasHome) return failure("not_enabled");
  const person = workspace.people.get(textOf(params, "user_id") ?? "");
  if (!person || person.isBot) return failure("invalid_arguments", unknownPerson);
  const hash = textOf(params, "hash");
  const before = workspace.homes.get(person.id);
  if (hash !== null && hash !== before?.hash) return failure("hash_conflict");
  const view = before ?? openView(payload);
  if (before) show(before, payload);
  workspace.homes.set(person.id, view);
  workspace.changed({ kind: "home", userId: person.id });
  return { view: viewObject(workspace, view) };
}

const unknownPerson = { response_metadata: { messages: ["[ERROR] user not found [json-pointer:/user_id]"] } };

/** A view as Slack sends it, with what was typed so far. */
export function viewObject(workspace: Workspace, view: OpenView): Record<string, unknown> {
  const { payload } = view;
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: payload.type,
    ...(payload.type === "modal" ? { title: payload.title } : {}),
    submit: (payload.type === "modal" ? payload.submit : undefined) ?? null,
    close: (payload.type === "modal" ? payload.close : undefined) ?? null,
    blocks: payload.blocks,
    private_metadata: payload.private_metadata ?? "",
    callback_id: payload.callback_id ?? "",
    external_id: "",
    state: { values: view.values },
    hash: view.hash,
    clear_on_close: false,
    notify_on_close: false,
    root_view_id: view.id,
    previous_view_id: null,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
  };
}
