import type { App } from "@slack/bolt";
import { approveRequest, mayStillDeny, withdrawApproval } from "../../workflow/decide";
import { outcomeView } from "../blocks/modals";
import { denyForm } from "../deny-form/view";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick, redraw } from "../interaction/on-click";
import { openForm } from "../interaction/open-form";
import { outcomeBeside } from "../interaction/reply";

export const DENY_TITLE = "Deny this request";

/** The buttons of the card in the approvals channel. */
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
  onClick(app, context, ACTIONS.deny, (click) =>
    openForm(context, click.triggerId, DENY_TITLE, async () => {
      const may = await mayStillDeny(ports, { actor: click.actor, requestId: click.value });
      if (may.kind === "may") return denyForm(may.request);
      await redraw(context, click, "approvals");
      return outcomeView(DENY_TITLE, may.sentence);
    }),
  );
}
