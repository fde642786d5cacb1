import { deliver } from "../delivery/deliver";
import { LIMITS } from "../limits/table";
import type { PersonData } from "../options";
import { type Element, type OpenView, openView, show } from "../views";
import { viewObject, viewOf } from "../web-api/views";
import type { Block, Workspace } from "../workspace";
import { interactionBase } from "./payload";
import { Refused } from "./refused";
import { valueOfField } from "./screen";
import { viewOnTop } from "./view-on-top";

const TROUBLE = "We had some trouble connecting. Try again?";

/** Somebody sends the open modal. What is missing is said beside its field, and nothing is sent. */
export async function submit(workspace: Workspace, person: PersonData, { viewId }: { viewId: string }): Promise<void> {
  const stack = workspace.stackOf(person.id);
  const view = viewOnTop(workspace, person, viewId);
  if (!view.payload.submit) throw new Refused(`${person.name} has nothing to submit`);
  view.errors = missing(view);
  view.isBusy = Object.keys(view.errors).length === 0;
  workspace.changed({ kind: "modal", userId: person.id });
  if (!view.isBusy) return;
  const taken = await deliver(workspace, "interaction", {
    type: "view_submission",
    ...interactionBase(workspace, person, view.id),
    view: viewObject(workspace, view),
    response_urls: [],
  });
  view.isBusy = false;
  const trouble = taken.kind === "failed" ? taken.reason : follow(stack, view, taken.body);
  if (trouble) workspace.toast(person.id, `${TROUBLE} (${trouble})`);
  workspace.changed({ kind: "modal", userId: person.id });
}

type Response = { response_action?: string; view?: unknown; errors?: Record<string, unknown> };

/** Does what the acknowledgement says. @returns why Slack could not, or null */
function follow(stack: OpenView[], view: OpenView, body: unknown): string | null {
  const response = (typeof body === "object" && body !== null ? body : {}) as Response;
  switch (response.response_action) {
    case undefined:
      if (stack.includes(view)) stack.splice(stack.indexOf(view), 1);
      return null;
    case "clear":
      stack.length = 0;
      return null;
    case "errors":
      return showErrors(view, response.errors ?? {});
    case "update":
    case "push":
      return showNext(stack, view, response);
    default:
      return "invalid response_action";
  }
}

function showErrors(view: OpenView, errors: Record<string, unknown>): string | null {
  const inputs = view.payload.blocks.filter(({ type }) => type === "input").map((block) => block.block_id);
  const entries = Object.entries(errors);
  if (entries.length === 0 || !entries.every(([id, text]) => inputs.includes(id) && typeof text === "string"))
    return "invalid errors";
  view.errors = errors as Record<string, string>;
  return null;
}

function showNext(stack: OpenView[], view: OpenView, { response_action: action, view: next }: Response): string | null {
  const payload = viewOf(next);
  if ("error" in payload) return String(payload.error);
  // Whoever closed it meanwhile sees nothing of it.
  if (!stack.includes(view)) return null;
  if (action === "update") {
    show(view, payload);
    return null;
  }
  if (stack.length >= LIMITS.view.stack) return "push_limit_reached";
  stack.push(openView(payload, { root: stack[0], previous: view }));
  return null;
}

/** What Slack's client itself finds wrong. */
function missing(view: OpenView): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const block of view.payload.blocks.filter(({ type }) => type === "input")) {
    const text = problemOf(view, block);
    if (text) problems[block.block_id] = text;
  }
  return problems;
}

function problemOf(view: OpenView, block: Block): string | null {
  const element = block.element as Element & { min_length?: number; max_length?: number };
  const state = view.values[block.block_id]?.[element.action_id];
  const value = state ? valueOfField(state) : null;
  const isEmpty = value === null || value.length === 0;
  if (isEmpty) return block.optional === true ? null : "Please complete this required field.";
  if (typeof value !== "string" || element.type !== "plain_text_input") return null;
  if (value.length < (element.min_length ?? 0)) return `Must be at least ${element.min_length} characters.`;
  return value.length > (element.max_length ?? LIMITS.input.value)
    ? `Must be at most ${element.max_length} characters.`
    : null;
}

/**
 * Somebody closes the modal on top (Cancel), or all of them at once (the X). The app hears of it where it asked to: of the
 * one on top, or with the X of the root.
 */
export async function close(
  workspace: Workspace,
  person: PersonData,
  { viewId, all = false }: { viewId: string; all?: boolean },
): Promise<void> {
  const stack = workspace.stackOf(person.id);
  const top = stack.at(-1);
  if (top?.id !== viewId) throw new Refused(`${person.name} has no modal ${viewId} before them`);
  const told = (all ? stack[0] : top) ?? top;
  const isCleared = all || top.payload.clear_on_close === true;
  stack.length = isCleared ? 0 : stack.length - 1;
  workspace.changed({ kind: "modal", userId: person.id });
  if (!told.payload.notify_on_close) return;
  await deliver(workspace, "interaction", {
    type: "view_closed",
    ...interactionBase(workspace, person, told.id),
    view: viewObject(workspace, told),
    is_cleared: isCleared,
  });
}
