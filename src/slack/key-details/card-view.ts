import type { Key } from "../../domain/key";
import type { CardPlaces } from "../../workflow/store-port";
import { linkButton } from "../blocks/button";
import { type Message, sentenceMessage } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold } from "../words/sentence";

/** The way to the card of a key, where its next secret is to be had. */
export function cardMessage(key: Key, url: string): Message {
  const said = sentenceMessage([
    "A secret is shown only in our DM. Press ",
    bold(BUTTONS.newSecret),
    " on the card of ",
    bold(key.keyName),
    " there.",
  ]);
  return { ...said, blocks: [...said.blocks, linkButton(BUTTONS.openCard, ACTIONS.openDm, url)] };
}

/**
 * Where the card of a key stands in its owner's DM, as `chat.getPermalink` gives it; the DM itself where there is none yet.
 * @param workspaceUrl with a slash at its end
 */
export function cardUrl(
  workspaceUrl: string,
  { requester, dmChannelId }: Pick<CardPlaces, "requester" | "dmChannelId">,
): string {
  if (requester === null) return `${workspaceUrl}archives/${dmChannelId}`;
  return `${workspaceUrl}archives/${requester.channelId}/p${requester.ts.replace(".", "")}`;
}
