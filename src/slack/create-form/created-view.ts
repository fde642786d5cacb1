import type { ModalView } from "@slack/types";
import type { Request } from "../../domain/request";
import { whatIsAsked } from "../blocks/access";
import { linkButton } from "../blocks/button";
import { readingView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS } from "../ids";
import { BUTTONS, TITLES, USES } from "../words/labels";
import { bold, channel, type Sentence } from "../words/sentence";

/** After asking for a key elsewhere than in the DM: what happens next, and the way there. */
export function createdView(shown: { request: Request; dmUrl: string; approvalsChannelId: string }): ModalView {
  const { request, dmUrl, approvalsChannelId } = shown;
  return readingView(titleOf(request), [
    richText(line(...nextStep(request, approvalsChannelId))),
    linkButton(BUTTONS.openDm, ACTIONS.openDm, dmUrl),
  ]);
}

function titleOf({ asked }: Request): string {
  if (asked.kind !== "key") return TITLES[asked.kind];
  return asked.rotates === null ? TITLES.create : TITLES.rotate;
}

function nextStep(request: Request, approvalsChannelId: string): Sentence {
  const what = whatIsAsked(request);
  return request.state.kind === "pending"
    ? [
        "Your request for ",
        ...what,
        " was sent to ",
        channel(approvalsChannelId),
        "; I'll tell you in our DM as soon as somebody decides.",
      ]
    : ["Your request for ", ...what, " is approved: press ", bold(USES[request.asked.kind]), " in our DM."];
}
