import type { Block } from "./workspace";

export type Option = {
  text: { type: string; text: string };
  value: string;
  description?: { text: string };
  url?: string;
};

/** What somebody has typed or chosen in one element, in the form in which Slack sends it. */
export type FieldState = {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_date?: string | null;
};

export type Element = {
  type: string;
  action_id: string;
  initial_value?: string;
  initial_option?: Option;
  initial_options?: Option[];
  initial_user?: string;
  initial_date?: string;
  options?: Option[];
  [property: string]: unknown;
};

/** The interactive elements of a block. */
export function elementsOf(block: Block): Element[] {
  if (block.type === "input") return [block.element as Element];
  if (block.type === "actions") return block.elements as Element[];
  return block.type === "section" && block.accessory ? [block.accessory as Element] : [];
}

/** The elements of a block that hold a state. */
export function fieldsOf(block: Block): Element[] {
  return elementsOf(block).filter(({ type }) => !["button", "overflow"].includes(type));
}
