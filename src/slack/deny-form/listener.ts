import type { App } from "@slack/bolt";
import { denyRequest } from "../../workflow/decide";
import { DENY_TITLE } from "../approvals-card/listener";
import { outcomeView, workingView } from "../blocks/modals";
import { CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { showInForm } from "../interaction/open-form";
import { MALFORMED, WENT_WRONG, withFallback } from "../interaction/reply";
import { readSubmission } from "../payloads/submission";
import { readDenyForm } from "./input";

/** The form for the reason of a denial, sent. */
export function registerDeny(app: App, context: ListenerContext): void {
  app.view(CALLBACKS.deny, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const read = submission.kind === "malformed" ? submission : readDenyForm(submission);
    if (read.kind === "invalid") return ack({ response_action: "errors", errors: read.errors });
    if (read.kind === "malformed" || submission.kind === "malformed")
      return ack({ response_action: "update", view: outcomeView(DENY_TITLE, MALFORMED) });
    await ack({ response_action: "update", view: workingView(DENY_TITLE, "Denying the request…") });
    const { actor, viewId } = submission;
    const { requestId, reason } = read;
    const { sentence } = await withFallback(
      context,
      CALLBACKS.deny,
      () => denyRequest(context.ports, { actor, requestId, reason }),
      { kind: "done", sentence: WENT_WRONG },
    );
    const form = { viewId, userId: actor.userId };
    await showInForm(context, form, outcomeView(DENY_TITLE, sentence), sentence);
  });
}
