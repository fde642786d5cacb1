import { randomBytes } from "node:crypto";
import type { Block } from "./workspace";

type Identified = { action_id?: string };

/** Gives blocks and their elements the ids that Slack gives to those without one. */
export function withIds(blocks: readonly unknown[]): Block[] {
  return blocks.map((given) => {
    const block = given as Block & { elements?: unknown; element?: unknown; accessory?: unknown };
    return {
      ...block,
      block_id: block.block_id ?? newId(),
      ...(block.type === "actions" ? { elements: (block.elements as Identified[]).map(withActionId) } : {}),
      ...(block.element ? { element: withActionId(block.element) } : {}),
      ...(block.accessory ? { accessory: withActionId(block.accessory) } : {}),
    };
  });
}

function withActionId(given: unknown): unknown {
  const element = given as Identified;
  return { ...element, action_id: element.action_id ?? newId() };
}

function newId(): string {
  return randomBytes(3).toString("hex");
}
