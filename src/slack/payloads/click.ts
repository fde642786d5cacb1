import { z } from "zod";
import type { Actor } from "../../domain/person";
import type { CardPlace } from "../../workflow/outbox-message";
import { MENU_SEPARATOR } from "../ids";
import { actorOf } from "./actor";
import { stateOf, viewShape } from "./form-state";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

/** A click on a button, or a choice in a form (`block_actions`). */
export type Click = {
  kind: "click";
  actor: Actor;
  actionId: string;
  /** What the button holds: an id that permits nothing; null for choices. */
  value: string | null;
  /** The block that it stands in, as far as Slack says. */
  blockId: string | null;
  /** The same for each delivery of one click. */
  clickId: string;
  triggerId: string;
  /** Where the message stands that was clicked; null in a form, and for ephemeral messages, which can't be updated. */
  place: CardPlace | null;
  /** The conversation of that message; null in a form. */
  channelId: string | null;
  responseUrl: string | null;
  view: { id: string; hash: string | null; state: unknown } | null;
  /** Whether it was in somebody's App Home: there is no message, and no `response_url`. */
  isInHome: boolean;
  /** What was chosen or typed in a field; null where it was emptied, and for buttons. */
  chosen: string | null;
};

const id = z.string().min(1).max(255);

const actionShape = z.object({
  action_id: id,
  block_id: id.nullish(),
  action_ts: z.string().min(1).max(50),
  type: z.string().max(100).nullish(),
  value: z.string().max(2_000).nullish(),
  selected_option: z.object({ value: z.string().max(150) }).nullish(),
  selected_user: id.nullish(),
});

const payloadShape = z.object({
  type: z.literal("block_actions"),
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1_000).nullish(),
  container: z
    .object({
      type: z.string().max(100),
      channel_id: id.nullish(),
      message_ts: z.string().max(50).nullish(),
      is_ephemeral: z.boolean().nullish(),
    })
    .nullish(),
  view: viewShape.nullish(),
  actions: z.array(actionShape).length(1),
});

export function readClick(payload: unknown): Click | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  const action = parsed.data?.actions[0];
  if (actor === null || !parsed.success || action === undefined) return MALFORMED_INPUT;
  const { container, view, trigger_id: triggerId, response_url: responseUrl } = parsed.data;
  return {
    kind: "click",
    actor,
    actionId: action.action_id,
    value: action.value ?? null,
    blockId: action.block_id ?? null,
    clickId: `${actor.userId} ${action.action_ts}`,
    triggerId,
    place: placeOf(container),
    channelId: container?.channel_id ?? null,
    responseUrl: responseUrl ?? null,
    view: view ? { id: view.id, hash: view.hash ?? null, state: stateOf(view) } : null,
    isInHome: view?.type === "home",
    chosen: chosenIn(action),
  };
}

function chosenIn({ type, value, selected_option: option, selected_user: user }: z.output<typeof actionShape>) {
  if (type === "button") return null;
  return option?.value ?? user ?? value ?? null;
}

function placeOf(container: z.output<typeof payloadShape>["container"]): CardPlace | null {
  if (container?.type !== "message" || container.is_ephemeral === true) return null;
  const { channel_id: channelId, message_ts: ts } = container;
  return channelId && ts ? { channelId, ts } : null;
}

const withResponseUrl = z.object({ response_url: z.string().max(1_000) });

/** Where a reply to a payload goes that could not be read otherwise. */
export function responseUrlOf(payload: unknown): string | null {
  return withResponseUrl.safeParse(payload).data?.response_url ?? null;
}

const chosenInMenu = z.object({
  type: z.literal("overflow"),
  selected_option: z.object({ value: z.string().max(150) }),
});

/**
 * A choice in an overflow menu is a click on the button that its option stands for: puts that button's id and value in its
 * place, for whoever listens to it. Anything else stays as it is.
 * @param action of a `block_actions` payload, which is changed
 */
export function readMenu(action: unknown): void {
  const value = chosenInMenu.safeParse(action).data?.selected_option.value;
  const separator = value?.indexOf(MENU_SEPARATOR) ?? -1;
  if (value === undefined || separator <= 0) return;
  Object.assign(action as object, { action_id: value.slice(0, separator), value: value.slice(separator + 1) });
}
