import type { App } from "@slack/bolt";
import { approveRequest, mayStillDeny, withdrawApproval } from "../../workflow/decide";
import { outcomeView } from "../blocks/modals";
import { denyForm } from "../deny-form/view";
import { ACTIONS } from "../ids";
import { outcomeBeside } from "../interaction/answer";
import type { Listening } from "../interaction/listening";
import { onClick, redraw } from "../interaction/on-click";
import { openForm } from "../interaction/open-form";

export const DENY_TITLE = "Deny this request";

/** The buttons of the card in the approvals channel. */
export function registerApprovalsCard(app: App, listening: Listening): void {
  const { ports } = listening;
  onClick(app, listening, ACTIONS.approve, async (click) => {
    const outcome = await approveRequest(ports, { actor: click.actor, requestId: click.value });
    await redraw(listening, click, "approvals");
    return outcomeBeside(outcome);
  });
  onClick(app, listening, ACTIONS.withdraw, async (click) => {
    const outcome = await withdrawApproval(ports, { actor: click.actor, requestId: click.value });
    await redraw(listening, click, "approvals");
    return outcomeBeside(outcome);
  });
  onClick(app, listening, ACTIONS.deny, (click) =>
    openForm(listening, click.triggerId, DENY_TITLE, async () => {
      const may = await mayStillDeny(ports, { actor: click.actor, requestId: click.value });
      if (may.kind === "may") return denyForm(may.request);
      await redraw(listening, click, "approvals");
      return outcomeView(DENY_TITLE, may.sentence);
    }),
  );
}
