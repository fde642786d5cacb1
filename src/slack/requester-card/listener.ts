import type { App } from "@slack/bolt";
import { cancelRequest } from "../../workflow/cancel";
import { requestToRepeat } from "../../workflow/open-form";
import type { Outcome } from "../../workflow/outcome";
import { reveal } from "../../workflow/reveal";
import { openCreateForm } from "../create-form/open";
import { draftOf } from "../create-form/view";
import { ACTIONS } from "../ids";
import { type Answer, outcomeBeside, SHOWN } from "../interaction/answer";
import type { Listening } from "../interaction/listening";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";

/** The buttons of the requester's card while its key does not exist. */
export function registerRequesterCard(app: App, listening: Listening): void {
  const { ports } = listening;
  onClick(app, listening, ACTIONS.reveal, async (click) => {
    const outcome = await reveal(ports, { actor: click.actor, requestId: click.value, clickId: click.clickId });
    return answered(listening, click, outcome, SHOWN);
  });
  onClick(app, listening, ACTIONS.cancel, async (click) => {
    const outcome = await cancelRequest(ports, { actor: click.actor, requestId: click.value });
    return answered(listening, click, outcome, outcomeBeside(outcome));
  });
  onClick(app, listening, ACTIONS.askAgain, (click) =>
    openCreateForm(listening, click, async () => {
      const earlier = await requestToRepeat(ports, { actor: click.actor, requestId: click.value });
      return earlier.kind === "refused" ? earlier : draftOf(earlier.request);
    }),
  );
}

async function answered(
  listening: Listening,
  click: MessageClick,
  outcome: Outcome,
  onSuccess: Answer,
): Promise<Answer> {
  await redraw(listening, click, "requester");
  return outcome.kind === "refused" ? outcomeBeside(outcome) : onSuccess;
}
