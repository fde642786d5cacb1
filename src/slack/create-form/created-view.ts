import type { ModalView } from "@slack/types";
import type { Request } from "../../domain/request";
import { askedTitle } from "../blocks/access";
import { linkButton } from "../blocks/button";
import { readingView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, channel, code, type Sentence, time } from "../words/sentence";

/** After asking for a key: what happens next, and the way to the DM. */
export function createdView(shown: { request: Request; dmUrl: string; approvalsChannelId: string }): ModalView {
  const { request, dmUrl, approvalsChannelId } = shown;
  return readingView(request.asked.kind === "secret" ? TITLES.secret : TITLES.create, [
    richText(line(...nextStep(request, approvalsChannelId))),
    linkButton(BUTTONS.openDm, ACTIONS.openDm, dmUrl),
  ]);
}

function nextStep(request: Request, approvalsChannelId: string): Sentence {
  const { state, reference } = request;
  const title = askedTitle(request);
  if (state.kind !== "pending")
    return ["Your ", ...title, " is approved. Open your DM with me and press ", bold(BUTTONS.reveal), " there."];
  return [
    "Your request for ",
    ...title,
    " (ref ",
    code(reference),
    ") was sent to ",
    channel(approvalsChannelId),
    ". I'll tell you in our DM as soon as somebody decides. It lapses ",
    time(state.lapsesAt),
    ".",
  ];
}
