import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { ownerOfKey, type Whose } from "../../workflow/list";
import type { Outcome } from "../../workflow/outcome";
import { pauseKey } from "../../workflow/pause-key";
import { resumeKey, resumeWay } from "../../workflow/resume-key";
import { openDeleteForm } from "../delete-form/open";
import { ACTIONS, OLDER, PAGING } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick } from "../interaction/on-click";
import { outcomeBeside, type Reply } from "../interaction/reply";
import { leadToCard } from "../key-details/lead-to-card";
import { openDetails } from "../key-details/open";
import { openRotateForm } from "../rotate-form/open";
import { openSecretForm } from "../secret-form/open";
import { replyInRow, replyWithKeys } from "./pages";
import { readPosition } from "./position";

/** What a list offers: in the menu of each row, with the id of its key, and below, with that of the key from which a page goes on. */
export function registerKeyList(app: App, context: ListenerContext): void {
  const { ports } = context;
  for (const kind of ["own", "all", "person"] as const)
    for (const side of ["older", "newer"] as const)
      onClick(app, context, PAGING[kind][side], (click) => turn(context, click, kind, side));
  onClick(app, context, ACTIONS.detailsListed, (click) => openDetails(context, click, click.value));
  onClick(app, context, ACTIONS.newSecretListed, ({ actor, value }) =>
    leadToCard(context, { actor, accessKeyId: value }),
  );
  onClick(app, context, ACTIONS.rotateListed, (click) =>
    openRotateForm(context, click, { kind: "key", accessKeyId: click.value }),
  );
  onClick(app, context, ACTIONS.pauseListed, async (click) => {
    const { actor, value: accessKeyId } = click;
    return inRow(context, click, await pauseKey(ports, { actor, accessKeyId }));
  });
  onClick(app, context, ACTIONS.resumeListed, async (click) => {
    const { actor, value: accessKeyId, clickId } = click;
    if ((await resumeWay(ports, { actor, accessKeyId })) === "by_asking")
      return openSecretForm(context, click, { kind: "resume", accessKeyId, reason: "" });
    return inRow(context, click, await resumeKey(ports, { actor, accessKeyId, clickId }));
  });
  onClick(app, context, ACTIONS.deleteFromList, async (click) => {
    const { responseUrl, blockId, value: accessKeyId } = click;
    const position = readPosition(blockId);
    const from = position && responseUrl !== null ? { kind: "list" as const, list: { position, responseUrl } } : null;
    return openDeleteForm(context, click, { kind: "key", accessKeyId, from });
  });
  onClick(app, context, OLDER.deleteListed.action, async ({ actor, value }) =>
    outcomeBeside(await deleteKey(ports, { actor, accessKeyId: value })),
  );
}

function inRow(context: ListenerContext, click: MessageClick, outcome: Outcome): Reply | Promise<Reply> {
  const { actor, responseUrl, blockId, value: accessKeyId } = click;
  const position = readPosition(blockId);
  return position === null
    ? outcomeBeside(outcome)
    : replyInRow(context, { actor, responseUrl, position, accessKeyId }, outcome);
}

async function turn(
  context: ListenerContext,
  { actor, value: accessKeyId, blockId }: MessageClick,
  kind: Whose["kind"],
  side: "older" | "newer",
): Promise<Reply> {
  const query = readPosition(blockId) ?? { whose: await whoseOf(context, kind, accessKeyId), search: null };
  return replyWithKeys(context, { actor, whose: query.whose, search: query.search, from: { side, accessKeyId } });
}

/** Lists of earlier versions say it by the id of their button alone. */
async function whoseOf({ ports }: ListenerContext, kind: Whose["kind"], accessKeyId: string): Promise<Whose> {
  return kind === "person" ? { kind, userId: await ownerOfKey(ports, accessKeyId) } : { kind };
}
