import type { App } from "@slack/bolt";
import { redrawClicked } from "../../workflow/redraw";
import type { CardKind } from "../../workflow/store-port";
import { type Click, readClick } from "../payloads/click";
import { type Answer, attempted, beside, give, MALFORMED, senderOf, WENT_WRONG } from "./answer";
import type { Listening } from "./listening";

/** A click on a message: always with the id that its button holds. */
export type MessageClick = Click & { value: string };

/**
 * Registers what a button of a message does: acknowledged first, then its verb, then an answer for the one who clicked.
 * @param verb judges everything itself: the button's value only names what it is about
 */
export function onClick(
  app: App,
  listening: Listening,
  actionId: string,
  verb: (click: MessageClick) => Promise<Answer>,
): void {
  app.action({ type: "block_actions", action_id: actionId }, async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (click.kind === "malformed" || click.value === null)
      return give(listening, senderOf(body), beside(...MALFORMED));
    const { value } = click;
    const answer = await attempted(listening, actionId, () => verb({ ...click, value }), beside(...WENT_WRONG));
    await give(listening, { userId: click.actor.userId, responseUrl: click.responseUrl }, answer);
  });
}

/**
 * Has the card that was clicked drawn again: it may be an outdated copy. Where that fails, the answer to the click holds
 * all the same.
 * @param find says which request the card is of; the one that the button names where left out
 */
export async function redraw(
  listening: Listening,
  { place, value }: MessageClick,
  card: CardKind,
  find: () => Promise<string | null> = async () => value,
): Promise<void> {
  if (place === null) return;
  const { ports } = listening;
  const drawn = async () => {
    const requestId = await find();
    if (requestId !== null) await redrawClicked(ports, { card, requestId, place });
  };
  await attempted(listening, "redraw", drawn, undefined);
}
