import type { App } from "@slack/bolt";
import { approveRequest, withdrawApproval } from "../../workflow/decide";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick, redraw } from "../interaction/on-click";
import { outcomeBeside } from "../interaction/reply";

/** The buttons of the card in the approvals channel; Deny opens a form, which registers it. */
export function registerApprovalsCard(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.approve, async (click) => {
    const outcome = await approveRequest(ports, { actor: click.actor, requestId: click.value });
    await redraw(context, click, "approvals");
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.withdraw, async (click) => {
    const outcome = await withdrawApproval(ports, { actor: click.actor, requestId: click.value });
    await redraw(context, click, "approvals");
    return outcomeBeside(outcome);
  });
}
