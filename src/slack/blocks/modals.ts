import type { KnownBlock, ModalView } from "@slack/types";
import type { Request } from "../../domain/request";
import { bold, channel, code, type Sentence, time } from "../../domain/sentence";
import { ACTIONS } from "../ids";
import { plain } from "./plain";
import { line, richText } from "./rich";

/** The longest title and button of a view (Slack, views). */
const MAX_TITLE = 24;

/** Shown at once, while it is found out what the form is to show. */
export function loadingView(title: string): ModalView {
  return workingView(title, "Loading…");
}

/** Shown while something is being done. */
export function workingView(title: string, what: string): ModalView {
  return view(title, [richText(line(what))]);
}

/** How it went. */
export function outcomeView(title: string, sentence: Sentence): ModalView {
  return view(title, [richText(line(...sentence))]);
}

/** After asking for a key: what happens next, and the way to the DM. */
export function createdView(shown: { request: Request; dmUrl: string; approvalsChannelId: string }): ModalView {
  const { request, dmUrl, approvalsChannelId } = shown;
  return view("Create an access key", [
    richText(line(...nextStep(request, approvalsChannelId))),
    {
      type: "actions",
      elements: [{ type: "button", text: plain("Open the DM", 75), action_id: ACTIONS.openDm, url: dmUrl }],
    },
  ]);
}

function nextStep(request: Request, approvalsChannelId: string): Sentence {
  const { state, keyName, access, reference } = request;
  if (state.kind !== "pending")
    return [
      `Your ${access.permission} key `,
      bold(keyName),
      " is approved. Open your DM with me and press ",
      bold("Reveal secret"),
      " there.",
    ];
  return [
    `Your request for ${access.permission} key `,
    bold(keyName),
    " (ref ",
    code(reference),
    ") was sent to ",
    channel(approvalsChannelId),
    ". I'll tell you in our DM as soon as somebody decides. It lapses ",
    time(state.lapsesAt),
    ".",
  ];
}

function view(title: string, blocks: KnownBlock[]): ModalView {
  return { type: "modal", title: plain(title, MAX_TITLE), close: plain("Close", MAX_TITLE), blocks };
}
