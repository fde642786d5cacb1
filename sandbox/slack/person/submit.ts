import { deliver } from "../delivery/deliver";
import type { Element } from "../elements";
import { LIMITS } from "../limits/table";
import type { PersonData } from "../options";
import { type Modal, show } from "../views";
import { modalOf, viewObject } from "../web-api/views";
import type { Block, Workspace } from "../workspace";
import { openModal, readyModal } from "./open-view";
import { interactionBase } from "./payload";
import { Refused } from "./refused";
import { valueOfField } from "./screen";

const TROUBLE = "We had some trouble connecting. Try again?";

/** Somebody sends the open modal. What is missing is said beside its field, and nothing is sent. */
export async function submit(workspace: Workspace, person: PersonData, { viewId }: { viewId: string }): Promise<void> {
  const view = readyModal(workspace, person, viewId);
  if (!view.payload.submit) throw new Refused(`${person.name} has nothing to submit`);
  view.errors = missing(view);
  view.isBusy = Object.keys(view.errors).length === 0;
  workspace.changed({ kind: "modal", userId: person.id });
  if (!view.isBusy) return;
  const taken = await deliver(workspace, "interaction", {
    type: "view_submission",
    ...interactionBase(workspace, person),
    view: viewObject(workspace, view),
    response_urls: [],
  });
  view.isBusy = false;
  const trouble = taken.kind === "failed" ? taken.reason : follow(workspace, person, view, taken.body);
  if (trouble) workspace.toast(person.id, `${TROUBLE} (${trouble})`);
  workspace.changed({ kind: "modal", userId: person.id });
}

type Response = { response_action?: string; view?: unknown; errors?: Record<string, unknown> };

/** Does what the acknowledgement says. @returns why Slack could not, or null */
function follow(workspace: Workspace, person: PersonData, view: Modal, body: unknown): string | null {
  const response = (typeof body === "object" && body !== null ? body : {}) as Response;
  switch (response.response_action) {
    case undefined:
      // Whoever closed it meanwhile may have another one open.
      if (workspace.modals.get(person.id) === view) workspace.modals.delete(person.id);
      return null;
    case "errors":
      return showErrors(view, response.errors ?? {});
    case "update":
      return showNext(view, response.view);
    default:
      return "invalid response_action";
  }
}

function showErrors(view: Modal, errors: Record<string, unknown>): string | null {
  const inputs = view.payload.blocks.filter(({ type }) => type === "input").map((block) => block.block_id);
  const entries = Object.entries(errors);
  if (entries.length === 0 || !entries.every(([id, text]) => inputs.includes(id) && typeof text === "string"))
    return "invalid errors";
  view.errors = errors as Record<string, string>;
  return null;
}

function showNext(view: Modal, next: unknown): string | null {
  const payload = modalOf(next);
  if ("error" in payload) return String(payload.error);
  show(view, payload);
  return null;
}

/** What Slack's client itself finds wrong. */
function missing(view: Modal): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const block of view.payload.blocks.filter(({ type }) => type === "input")) {
    const text = problemOf(view, block);
    if (text) problems[block.block_id] = text;
  }
  return problems;
}

function problemOf(view: Modal, block: Block): string | null {
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

/** Somebody closes their modal, which the app does not hear of. */
export async function close(workspace: Workspace, person: PersonData, { viewId }: { viewId: string }): Promise<void> {
  openModal(workspace, person, viewId);
  workspace.modals.delete(person.id);
  workspace.changed({ kind: "modal", userId: person.id });
}
