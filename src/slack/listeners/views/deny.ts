import type { App } from "@slack/bolt";
import { denyRequest } from "../../../workflow/decide";
import { CALLBACKS } from "../../ids";
import { readDenyForm } from "../../inputs/deny-form";
import { readSubmission } from "../../inputs/submission";
import { outcomeView, workingView } from "../../views/modals";
import { DENY_TITLE } from "../actions/approvals-card";
import { attempted, MALFORMED, WENT_WRONG } from "../answer";
import { showInForm } from "../form";
import type { Listening } from "../listening";

/** The form for the reason of a denial, sent. */
export function registerDeny(app: App, listening: Listening): void {
  app.view(CALLBACKS.deny, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const read = submission.kind === "malformed" ? submission : readDenyForm(submission);
    if (read.kind === "invalid") return ack({ response_action: "errors", errors: read.errors });
    if (read.kind === "malformed" || submission.kind === "malformed")
      return ack({ response_action: "update", view: outcomeView(DENY_TITLE, MALFORMED) });
    await ack({ response_action: "update", view: workingView(DENY_TITLE, "Denying the request…") });
    const { actor, viewId } = submission;
    const { requestId, reason } = read;
    const { sentence } = await attempted(
      listening,
      CALLBACKS.deny,
      () => denyRequest(listening.ports, { actor, requestId, reason }),
      { kind: "done", sentence: WENT_WRONG },
    );
    const form = { viewId, userId: actor.userId };
    await showInForm(listening, form, outcomeView(DENY_TITLE, sentence), sentence);
  });
}
