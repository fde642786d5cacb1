import type { App } from "@slack/bolt";
import type { CardKind } from "../../workflow/outbox-message";
import { redrawClicked } from "../../workflow/redraw";
import { type Click, readClick } from "../payloads/click";
import type { ListenerContext } from "./listener-context";
import { aboutButton, type Deed } from "./refusal-trace";
import { beside, MALFORMED, type Reply, reply, replyInHome, senderOf } from "./reply";
import { withFallback } from "./with-fallback";

/** A click on a message: always with the id that its button holds, and what it is in the trace of a refusal. */
export type MessageClick = Click & { value: string; deed: Deed };

/**
 * Registers what a button of a message does: acknowledged first, then its verb, then a reply for the one who clicked.
 * @param verb judges everything itself: the button's value only names what it is about
 */
export function onClick(
  app: App,
  context: ListenerContext,
  actionId: string,
  verb: (click: MessageClick) => Promise<Reply>,
): void {
  app.action({ type: "block_actions", action_id: actionId }, async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (click.kind === "malformed" || click.value === null) {
      const sender = senderOf(body);
      context.noteRefusal({ actor: sender.userId, verb: actionId, about: {} }, "malformed");
      return reply(context, sender, beside(...MALFORMED));
    }
    const { value } = click;
    const deed = { actor: click.actor.userId, verb: actionId, about: aboutButton(actionId, value) };
    const said = await withFallback(
      context,
      actionId,
      () => verb({ ...click, value, deed }),
      (words) => beside(...words),
    );
    if (said.kind === "refused") context.noteRefusal(deed, said.refusal);
    if (click.isInHome) return replyInHome(context, click, said);
    await reply(context, { userId: click.actor.userId, responseUrl: click.responseUrl }, said);
  });
}

/**
 * Has the card that was clicked drawn again: it may be an outdated copy. Where that fails, the reply to the click holds
 * all the same.
 * @param find says which request the card is of; the one that the button names where left out
 */
export async function redraw(
  context: ListenerContext,
  { place, value }: MessageClick,
  card: CardKind,
  find: () => Promise<string | null> = async () => value,
): Promise<void> {
  if (place === null) return;
  const { ports } = context;
  const drawn = async () => {
    const requestId = await find();
    if (requestId !== null) await redrawClicked(ports, { card, requestId, place });
  };
  await withFallback(context, "redraw", drawn, () => undefined);
}
