import { ownCard } from "../../workflow/own-card";
import { readingView } from "../blocks/modals";
import type { ListenerContext } from "../interaction/listener-context";
import type { MessageClick } from "../interaction/on-click";
import { openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { cardMessage, cardUrl } from "../key-details/card-view";
import { BUTTONS } from "../words/labels";

/** A secret appears in the DM alone: in a Home a click for one makes nothing, and leads to the card of the key there. */
export function openNewSecret(context: ListenerContext, click: MessageClick): Promise<Reply> {
  const { actor, value: accessKeyId } = click;
  return openForm(context, click, BUTTONS.newSecret, async () => {
    const found = await ownCard(context.ports, { actor, accessKeyId });
    if (found.kind === "refused") return found;
    const { blocks } = cardMessage(found.key, cardUrl(context.workspaceUrl, found.places));
    return readingView(BUTTONS.newSecret, blocks);
  });
}
