import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { outcomeView, workingView } from "../blocks/modals";
import { CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { showInForm } from "../interaction/open-form";
import { MALFORMED, WENT_WRONG, withFallback } from "../interaction/reply";
import { readSubmission } from "../payloads/submission";
import { readPicked } from "./input";
import { DELETE_TITLE } from "./open";

/** The form that deletes a key, sent. */
export function registerDelete(app: App, context: ListenerContext): void {
  app.view(CALLBACKS.delete, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const accessKeyId = submission.kind === "malformed" ? null : readPicked(submission.state);
    if (submission.kind === "malformed" || accessKeyId === null)
      return ack({ response_action: "update", view: outcomeView(DELETE_TITLE, MALFORMED) });
    await ack({ response_action: "update", view: workingView(DELETE_TITLE, "Deleting the key…") });
    const { actor, viewId } = submission;
    const { sentence } = await withFallback(
      context,
      CALLBACKS.delete,
      () => deleteKey(context.ports, { actor, accessKeyId }),
      { kind: "done", sentence: WENT_WRONG },
    );
    const form = { viewId, userId: actor.userId };
    await showInForm(context, form, outcomeView(DELETE_TITLE, sentence), sentence);
  });
}
