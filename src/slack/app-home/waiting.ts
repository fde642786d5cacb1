import type { KnownBlock } from "@slack/types";
import type { Key } from "../../domain/key";
import { isPaused } from "../../domain/key";
import type { Request } from "../../domain/request";
import type { HomeContents, PlacedKey } from "../../workflow/app-home";
import { askedTitle } from "../blocks/access";
import { button } from "../blocks/button";
import { context } from "../blocks/message";
import { row } from "../blocks/row";
import { ACTIONS } from "../ids";
import { cardUrl } from "../key-details/card-view";
import { BUTTONS } from "../words/labels";
import { bold, channel, type Sentence, time, user } from "../words/sentence";

export type Links = { workspaceUrl: string; approvalsChannelId: string };

/** What waits for whoever looks, first what only they can do; then what needs something. Each leads to its card. */
export function waitingBlocks(contents: HomeContents, links: Links): KnownBlock[] {
  const own = contents.open.flatMap((placed) => ownRow(placed, links) ?? []);
  const waiting = [...toDecideBlocks(contents, links), ...own];
  const unsettled = contents.unsettled.map((placed) => unsettledRow(placed, links));
  return [...titled("Waiting for you", waiting), ...titled("Needs something", unsettled)];
}

function titled(title: string, rows: readonly KnownBlock[]): KnownBlock[] {
  return rows.length === 0 ? [] : [row([bold(title)], { menu: [] }).block, ...rows, { type: "divider" }];
}

function toDecideBlocks({ toDecide }: HomeContents, { workspaceUrl, approvalsChannelId }: Links): KnownBlock[] {
  const rows = toDecide.requests.map(({ request, card }) => {
    const { keyName } = request.asked;
    const url = cardUrl(workspaceUrl, { requester: card, dmChannelId: approvalsChannelId });
    const asked: Sentence = [" for ", user(request.requesterId), ", asked ", time(request.askedAt)];
    return linkRow([...askedTitle(request), ...asked], url, { id: request.id, label: BUTTONS.open, keyName });
  });
  const left = toDecide.count - rows.length;
  return left > 0 ? [...rows, context([`and ${left} more in `, channel(approvalsChannelId)])] : rows;
}

/** A request of one's own: what it waits for. Nothing where it is on its way by itself. */
function ownRow(
  { request, key, card, dmChannelId }: HomeContents["open"][number],
  { workspaceUrl }: Links,
): KnownBlock | null {
  const said = ownWords(request, key);
  if (said === null) return null;
  const { id, asked } = request;
  const leading = { id, label: said.label, keyName: asked.keyName };
  return linkRow(said.sentence, cardUrl(workspaceUrl, { requester: card, dmChannelId }), leading);
}

function ownWords(request: Request, key: Key | null): { sentence: Sentence; label: string } | null {
  const { state } = request;
  const title = askedTitle(request);
  switch (state.kind) {
    case "pending":
      return {
        sentence: [bold("Waiting for approval"), " · ", ...title, ", asked ", time(request.askedAt)],
        label: BUTTONS.open,
      };
    case "approved": {
      const failed: Sentence = state.failure ? [". The last try failed"] : [];
      const sentence: Sentence = [bold("Ready"), " · ", ...title, ", until ", time(state.lapsesAt), ...failed];
      return { sentence, label: BUTTONS.open };
    }
    case "delivered":
      return key?.state.kind === "off" && !isPaused(key)
        ? { sentence: [bold("Off"), " · ", ...title, offWords(state.refusal !== null)], label: BUTTONS.open }
        : null;
    default:
      return null;
  }
}

function offWords(isRefused: boolean): string {
  if (isRefused) return ": Tigris refused to switch it on";
  return ": have you saved its secret?";
}

function unsettledRow({ key, card, dmChannelId }: PlacedKey, { workspaceUrl }: Links): KnownBlock {
  const url = cardUrl(workspaceUrl, { requester: card, dmChannelId });
  return linkRow(unsettledWords(key), url, { id: key.accessKeyId, label: BUTTONS.open, keyName: key.keyName });
}

function unsettledWords({ keyName, state, pause, accessChange }: Key): Sentence {
  const name = bold(keyName);
  if (state.kind === "deleting") return ["Tigris has not confirmed yet that ", name, " is deleted. I go on trying"];
  if (pause.stands === "pausing")
    return ["Tigris has not confirmed yet that ", name, " is paused: until then it may still work"];
  if (pause.stands === "resuming") return ["Tigris has not said yet whether ", name, " works again"];
  if (state.kind === "switching_on") return ["Tigris has not said yet whether ", name, " is on"];
  if (accessChange?.kind === "narrowing")
    return ["Tigris has not confirmed yet that ", name, " has less access: until then it may still have what it had"];
  if (accessChange !== null) return ["Tigris has not said yet whether ", name, " has its wider access"];
  return ["Nobody holds the secret of ", name, ". Get a new one, or delete it"];
}

/** @param leading `id` is what it is about, each once in a Home; the button says `label` of a key */
function linkRow(
  sentence: Sentence,
  url: string,
  { id, label, keyName }: { id: string; label: string; keyName: string },
): KnownBlock {
  const { block } = row(sentence, { menu: [], blockId: `home_card_${id}` });
  return {
    ...block,
    accessory: button({ label, actionId: ACTIONS.openDm, value: "open", url, spoken: `${label}: ${keyName}` }),
  };
}
