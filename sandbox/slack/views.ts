import { randomBytes } from "node:crypto";
import { withIds } from "./block-ids";
import { type Element, type FieldState, fieldsOf, type Option } from "./elements";
import type { Block } from "./workspace";

export type ModalPayload = {
  type: "modal";
  title: { text: string };
  blocks: Block[];
  submit?: { text: string };
  close?: { text: string };
  private_metadata?: string;
  callback_id?: string;
};

export type HomePayload = { type: "home"; blocks: Block[]; private_metadata?: string; callback_id?: string };

/** A view that is on somebody's screen: a modal, or the app's Home. */
export type OpenView<Payload extends ModalPayload | HomePayload = ModalPayload | HomePayload> = {
  id: string;
  hash: string;
  payload: Payload;
  values: Record<string, Record<string, FieldState>>;
  /** What the app found wrong, by block. */
  errors: Record<string, string>;
  isBusy: boolean;
  /** Every option that the app has suggested for its external selects. */
  offered: Option[];
};

export type Modal = OpenView<ModalPayload>;
export type Home = OpenView<HomePayload>;

export function openView<Payload extends ModalPayload | HomePayload>(payload: Payload): OpenView<Payload> {
  const view: OpenView<Payload> = {
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
export function show<Payload extends ModalPayload | HomePayload>(view: OpenView<Payload>, payload: Payload): void {
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
    case "datepicker":
      return { type, selected_date: element.initial_date ?? null };
    case "users_select":
      return { type, selected_user: element.initial_user ?? null };
    default:
      return { type, selected_option: element.initial_option ?? null };
  }
}
