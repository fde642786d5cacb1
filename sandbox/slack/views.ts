import { randomBytes } from "node:crypto";
import { withIds } from "./block-ids";
import { type Element, type FieldState, fieldsOf, type Option } from "./elements";
import type { Block } from "./workspace";

export type ViewPayload = {
  type: "modal";
  title: { text: string };
  blocks: Block[];
  submit?: { text: string };
  close?: { text: string };
  private_metadata?: string;
  callback_id?: string;
};

/** A modal that is open on somebody's screen. */
export type OpenView = {
  id: string;
  hash: string;
  payload: ViewPayload;
  values: Record<string, Record<string, FieldState>>;
  /** What the app found wrong, by block. */
  errors: Record<string, string>;
  isBusy: boolean;
  /** Every option that the app has suggested for its external selects. */
  offered: Option[];
};

export function openView(payload: ViewPayload): OpenView {
  const view: OpenView = {
    id: `V${randomBytes(5).toString("hex").toUpperCase()}`,
    hash: "",
    payload,
    values: {},
    errors: {},
    isBusy: false,
    offered: [],
  };
  show(view, payload);
  return view;
}

/** Shows another content in a view. What was typed stays where block, action and kind of element are the same. */
export function show(view: OpenView, payload: ViewPayload): void {
  const blocks = withIds(payload.blocks);
  const before = view.values;
  view.payload = { ...payload, blocks };
  view.hash = `${Date.now()}.${randomBytes(4).toString("hex")}`;
  view.errors = {};
  view.values = {};
  for (const block of blocks) {
    for (const element of fieldsOf(block)) {
      const kept = before[block.block_id]?.[element.action_id];
      const state = kept?.type === element.type ? kept : initialState(element);
      view.values[block.block_id] = { ...view.values[block.block_id], [element.action_id]: state };
    }
  }
}

function initialState(element: Element): FieldState {
  const { type } = element;
  switch (type) {
    case "plain_text_input":
      return { type, value: element.initial_value ?? null };
    case "checkboxes":
    case "multi_external_select":
      return { type, selected_options: element.initial_options ?? [] };
    default:
      return { type, selected_option: element.initial_option ?? null };
  }
}
