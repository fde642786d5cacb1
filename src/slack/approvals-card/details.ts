import type { ModalView } from "@slack/types";
import { lessAccessOf } from "../../domain/request";
import type { RequestInFull } from "../../workflow/show-request";
import { accessInFull, referenceOf } from "../blocks/access";
import { readingView } from "../blocks/modals";
import { line, quote, richText } from "../blocks/rich";
import { TITLES } from "../words/labels";
import { bold, time } from "../words/sentence";
import { outcomeOf } from "./outcome";
import { progressLines, rulesLine } from "./progress";
import { askerAtAGlance, titleOf } from "./view";

/** All that a request says, with every bucket, for approvers. */
export function detailsView({ request, key, asker, progress }: RequestInFull): ModalView {
  const { asked, reason, askedAt, state } = request;
  const outcome = outcomeOf(request, key);
  const less = lessAccessOf(request);
  const approval = "approval" in state ? state.approval : null;
  const typed = outcome?.typed ?? null;
  return readingView(TITLES.details, [
    richText(
      line(...titleOf(request)),
      ...(reason === null ? [line("No reason was given.")] : [quote(reason)]),
      line(bold(asked.keyName), " · ", ...accessInFull(asked.access)),
      ...(asked.kind === "access" ? [line("Now: ", ...accessInFull(asked.from))] : []),
      ...(less === null ? [] : [line("Approved with less: ", ...accessInFull(less))]),
      line(`Endpoint ${asked.endpoint}`),
      line(...askerAtAGlance(request.requesterId, asker)),
      line("Asked ", time(askedAt), ...referenceOf(request)),
      ...(approval ? [line("Approved ", time(approval.at))] : []),
      ...progressLines(progress).map((words) => line(...words)),
      ...rulesLine(request, progress).map((words) => line(...words)),
      ...(outcome ? [line(...outcome.line), ...outcome.small.map((small) => line(...small))] : []),
      ...(typed === null ? [] : [quote(typed)]),
      ...("lapsesAt" in state ? [line("Lapses ", time(state.lapsesAt))] : []),
    ),
  ]);
}
