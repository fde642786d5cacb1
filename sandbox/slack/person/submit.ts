import { deliver, type Taken } from "../delivery/deliver";
import { LIMITS } from "../limits/table";
import type { PersonData } from "../options";
import { type Element, type OpenView, openView, show } from "../views";
import { viewObject, viewOf } from "../web-api/views";
import type { Block, Workspace } from "../workspace";
import { interactionBase } from "./payload";
import { valueOfField } from "./screen";

const TROUBLE = "We had some trouble connecting. Try again?";

/** Somebody sends the open modal. What is missing is said beside its field, and nothing is sent. */
export async function submit(workspace: Workspace, person: PersonData): Promise<void> {
  const stack = workspace.stackOf(person.id);
  const view = stack.at(-1);
  if (!view?.payload.submit) throw new Error(`${person.name} has nothing to submit`);
  view.errors = missing(view);
  if (Object.keys(view.errors).length > 0) return workspace.changed({ kind: "modal", userId: person.id });
  view.isBusy = true;
  workspace.changed({ kind: "modal", userId: person.id });
  const taken = await deliver(workspace, "interaction", {
    type: "view_submission",
    ...interactionBase(workspace, person, view.id),
    view: viewObject(workspace, view),
    response_urls: [],
  });
  view.isBusy = false;
  if (!follow(stack, view, taken)) workspace.toast(person.id, TROUBLE);
  workspace.changed({ kind: "modal", userId: person.id });
}

type Response = { response_action?: string; view?: unknown; errors?: Record<string, unknown> };

/** Does what the acknowledgement says. @returns false where Slack could not do it */
function follow(stack: OpenView[], view: OpenView, taken: Taken): boolean {
  if (taken.kind === "failed") return false;
  const response = (typeof taken.body === "object" && taken.body !== null ? taken.body : {}) as Response;
  switch (response.response_action) {
    case undefined:
      stack.splice(stack.indexOf(view), 1);
      return true;
    case "clear":
      stack.length = 0;
      return true;
    case "errors":
      return showErrors(view, response.errors ?? {});
    case "update":
    case "push":
      return showNext(stack, view, response);
    default:
      return false;
  }
}

function showErrors(view: OpenView, errors: Record<string, unknown>): boolean {
  const inputs = view.payload.blocks.filter(({ type }) => type === "input").map((block) => block.block_id);
  const entries = Object.entries(errors);
  if (entries.length === 0 || !entries.every(([id, text]) => inputs.includes(id) && typeof text === "string"))
    return false;
  view.errors = errors as Record<string, string>;
  return true;
}

function showNext(stack: OpenView[], view: OpenView, { response_action: action, view: next }: Response): boolean {
  const payload = viewOf(next);
  if ("error" in payload) return false;
  if (action === "update") {
    show(view, payload);
    return true;
  }
  if (stack.length >= LIMITS.view.stack) return false;
  stack.push(openView(payload, { root: stack[0], previous: view }));
  return true;
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

/** Somebody closes the modal on top. The app hears of it where it asked to. */
export async function close(workspace: Workspace, person: PersonData): Promise<void> {
  const stack = workspace.stackOf(person.id);
  const view = stack.pop();
  if (!view) throw new Error(`${person.name} has no modal open`);
  if (view.payload.clear_on_close) stack.length = 0;
  workspace.changed({ kind: "modal", userId: person.id });
  if (!view.payload.notify_on_close) return;
  await deliver(workspace, "interaction", {
    type: "view_closed",
    ...interactionBase(workspace, person, view.id),
    view: viewObject(workspace, view),
    is_cleared: false,
  });
}
