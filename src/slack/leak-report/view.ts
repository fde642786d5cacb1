import type { ActionsBlock, KnownBlock, ModalView } from "@slack/types";
import { canBeDeleted } from "../../domain/key";
import type { Outcome } from "../../workflow/outcome";
import type { LeakedKey, SeenLeak } from "../../workflow/report-leak";
import { buttons, linkButton } from "../blocks/button";
import { pauseButton } from "../blocks/key-buttons";
import { MAX_PRIVATE_METADATA, readingView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { leakedKey, unknownId, whatHelps } from "../words/leaks";
import { outcomeWords } from "../words/outcomes";
import type { Sentence } from "../words/sentence";

/**
 * What somebody sees of the ids in a message that they reported, and what they may do about it.
 * @param shown `said` is what came of the report, or of a button pressed since
 */
export function leakView(shown: {
  said: readonly (Sentence | Outcome)[];
  seen: SeenLeak;
  /** Each id in the message: drawn again, the view is about the same. */
  accessKeyIds: readonly string[];
  workspaceUrl: string;
  ownAccessKeyId: string;
}): ModalView {
  const { said, seen, accessKeyIds, workspaceUrl, ownAccessKeyId } = shown;
  const view = readingView(TITLES.leak, [
    ...seen.keys.flatMap((one) => keyBlocks(one, workspaceUrl)),
    ...[...seen.unknown.map((id) => unknownId(id, ownAccessKeyId)), ...said.map(wordsOf)].map((words) =>
      richText(line(...words)),
    ),
  ]);
  return { ...view, private_metadata: JSON.stringify(accessKeyIds).slice(0, MAX_PRIVATE_METADATA) };
}

function wordsOf(said: Sentence | Outcome): Sentence {
  return "kind" in said ? outcomeWords(said) : said;
}

function keyBlocks({ key, as, card }: LeakedKey, workspaceUrl: string): KnownBlock[] {
  const isOwn = as === "owner";
  const help = whatHelps(key, isOwn);
  const rows = [line(...leakedKey(key, isOwn)), ...(help ? [line(...help)] : [])];
  if (!canBeDeleted(key.state)) return [richText(...rows)];
  const isHeld = key.pause.holds.some(({ kind }) => kind === as);
  const elements: ActionsBlock["elements"] = [
    ...(isHeld ? [] : buttons(pauseButton(key, ACTIONS.pauseLeaked)).elements),
    // It is made where it is shown: the card in the DM has the button.
    ...(isOwn && card
      ? linkButton(BUTTONS.newSecret, ACTIONS.openDm, urlOf(workspaceUrl, card.channelId, card.ts)).elements
      : []),
  ];
  return [richText(...rows), ...(elements.length > 0 ? [{ type: "actions", elements } as const] : [])];
}

/** The address of a message (Slack, `chat.getPermalink`). @param workspaceUrl with a slash at its end */
export function urlOf(workspaceUrl: string, channelId: string, ts: string): string {
  return `${workspaceUrl}archives/${channelId}/p${ts.replace(".", "")}`;
}
