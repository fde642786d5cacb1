import type { App } from "@slack/bolt";
import { approveRequest, withdrawApproval } from "../../workflow/decide";
import { deleteKey } from "../../workflow/delete";
import { requestOfKey } from "../../workflow/list";
import { pauseKey } from "../../workflow/pause-key";
import { resumeKey } from "../../workflow/resume-key";
import { showRequest } from "../../workflow/show-request";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";
import { openForm } from "../interaction/open-form";
import { outcomeBeside } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { detailsView } from "./details";

/** The buttons of the card in the approvals channel; Deny opens a form, which registers it. */
export function registerApprovalsCard(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.approve, async (click) => {
    const outcome = await approveRequest(ports, { actor: click.actor, requestId: click.value });
    await redraw(context, click, "approvals");
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.pauseApproved, async (click) => {
    const outcome = await pauseKey(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.resumeApproved, async (click) => {
    const { actor, value: accessKeyId, clickId } = click;
    const outcome = await resumeKey(ports, { actor, accessKeyId, clickId });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.deleteApproved, async (click) => {
    const outcome = await deleteKey(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.showAll, (click) =>
    openForm(context, click, TITLES.details, async () => {
      const found = await showRequest(ports, { actor: click.actor, requestId: click.value });
      return found.kind === "found" ? detailsView(found) : found;
    }),
  );
  onClick(app, context, ACTIONS.withdraw, async (click) => {
    const outcome = await withdrawApproval(ports, { actor: click.actor, requestId: click.value });
    await redraw(context, click, "approvals");
    return outcomeBeside(outcome);
  });
}

async function redrawKey(context: ListenerContext, click: MessageClick): Promise<void> {
  await redraw(context, click, "approvals", () => requestOfKey(context.ports, click.value));
}
