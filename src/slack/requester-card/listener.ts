import type { App } from "@slack/bolt";
import { isAboutKey } from "../../domain/request";
import { ownerOf } from "../../workflow/ask-takeover";
import { cancelRequest } from "../../workflow/cancel";
import { requestOfDelivery, saySaved } from "../../workflow/confirm-saved";
import { requestToRepeat } from "../../workflow/open-form";
import type { Outcome } from "../../workflow/outcome";
import { askApproversAgain } from "../../workflow/remind";
import { reveal } from "../../workflow/reveal";
import { openAccessForm } from "../access-form/open";
import { draftOf } from "../create-form/draft";
import { openCreateForm } from "../create-form/open";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";
import { outcomeBeside, type Reply, SHOWN } from "../interaction/reply";
import { openRotateForm } from "../rotate-form/open";
import { openSecretForm } from "../secret-form/open";
import { openTakeoverForm } from "../takeover-form/open";

/** The buttons of the requester's card while its key does not exist. */
export function registerRequesterCard(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.reveal, async (click) => {
    const { actor, value: requestId, clickId } = click;
    const outcome = await reveal(ports, { actor, requestId, clickId, inPlaceOf: null });
    // What shows no secret says what it did.
    const isSaid = outcome.kind === "done" && outcome.code !== "revealed" && outcome.code !== "secret_replaced";
    return replyAfter(context, click, outcome, isSaid ? outcomeBeside(outcome) : SHOWN);
  });
  onClick(app, context, ACTIONS.anotherSecret, async (click) => {
    const { actor, value: inPlaceOf, clickId } = click;
    const requestId = (await requestOfDelivery(ports, inPlaceOf)) ?? "";
    const outcome = await reveal(ports, { actor, requestId, clickId, inPlaceOf });
    return replyAfter(context, click, outcome, SHOWN, requestId);
  });
  onClick(app, context, ACTIONS.savedOnCard, async (click) => {
    const { actor, value: deliveryId, clickId } = click;
    const outcome = await saySaved(ports, { actor, deliveryId, clickId, isOnSecret: false });
    return replyAfter(context, click, outcome, outcomeBeside(outcome), await requestOfDelivery(ports, deliveryId));
  });
  onClick(app, context, ACTIONS.cancel, async (click) => {
    const outcome = await cancelRequest(ports, { actor: click.actor, requestId: click.value });
    return replyAfter(context, click, outcome, outcomeBeside(outcome));
  });
  onClick(app, context, ACTIONS.remind, async (click) => {
    const outcome = await askApproversAgain(ports, { actor: click.actor, requestId: click.value });
    return replyAfter(context, click, outcome, outcomeBeside(outcome));
  });
  onClick(app, context, ACTIONS.askAgain, async (click) => {
    const earlier = await requestToRepeat(ports, { actor: click.actor, requestId: click.value });
    if (earlier.kind === "refused") return openCreateForm(context, click, async () => earlier);
    const { asked, reason } = earlier.request;
    if (asked.kind === "key" && asked.rotates !== null)
      return openRotateForm(context, click, {
        kind: "key",
        accessKeyId: asked.rotates.accessKeyId,
        reason: reason ?? "",
      });
    if (asked.kind === "takeover") {
      const fromId = await ownerOf(ports, asked.accessKeyId);
      return openTakeoverForm(context, click, { fromId, reason: reason ?? "" });
    }
    if (asked.kind === "access")
      return openAccessForm(context, click, asked.accessKeyId, { access: asked.access, reason: reason ?? "" });
    return isAboutKey(asked)
      ? openSecretForm(context, click, { kind: asked.kind, accessKeyId: asked.accessKeyId, reason: reason ?? "" })
      : openCreateForm(context, click, async () => draftOf(earlier.request));
  });
}

async function replyAfter(
  context: ListenerContext,
  click: MessageClick,
  outcome: Outcome,
  onSuccess: Reply,
  requestId: string | null = click.value,
): Promise<Reply> {
  await redraw(context, click, "requester", async () => requestId);
  return outcome.kind === "refused" ? outcomeBeside(outcome) : onSuccess;
}
