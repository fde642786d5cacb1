import type { App } from "@slack/bolt";
import { cancelRequest } from "../../workflow/cancel";
import { requestToRepeat } from "../../workflow/open-form";
import type { Outcome } from "../../workflow/outcome";
import { reveal } from "../../workflow/reveal";
import { draftOf } from "../create-form/draft";
import { openCreateForm } from "../create-form/open";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";
import { outcomeBeside, type Reply, SHOWN } from "../interaction/reply";
import { openSecretForm } from "../secret-form/open";

/** The buttons of the requester's card while its key does not exist. */
export function registerRequesterCard(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.reveal, async (click) => {
    const outcome = await reveal(ports, { actor: click.actor, requestId: click.value, clickId: click.clickId });
    return replyAfter(context, click, outcome, SHOWN);
  });
  onClick(app, context, ACTIONS.cancel, async (click) => {
    const outcome = await cancelRequest(ports, { actor: click.actor, requestId: click.value });
    return replyAfter(context, click, outcome, outcomeBeside(outcome));
  });
  onClick(app, context, ACTIONS.askAgain, async (click) => {
    const earlier = await requestToRepeat(ports, { actor: click.actor, requestId: click.value });
    if (earlier.kind === "refused") return openCreateForm(context, click, async () => earlier);
    const { asked, reason } = earlier.request;
    return asked.kind === "secret"
      ? openSecretForm(context, click, { accessKeyId: asked.accessKeyId, reason: reason ?? "" })
      : openCreateForm(context, click, async () => draftOf(earlier.request));
  });
}

async function replyAfter(
  context: ListenerContext,
  click: MessageClick,
  outcome: Outcome,
  onSuccess: Reply,
): Promise<Reply> {
  await redraw(context, click, "requester");
  return outcome.kind === "refused" ? outcomeBeside(outcome) : onSuccess;
}
