import type { App } from "@slack/bolt";
import { deleteKey } from "../../../workflow/delete";
import { CALLBACKS } from "../../ids";
import { readPicked } from "../../inputs/delete-form";
import { readSubmission } from "../../inputs/submission";
import { outcomeView, workingView } from "../../views/modals";
import { attempted, MALFORMED, WENT_WRONG } from "../answer";
import { DELETE_TITLE } from "../delete-form";
import { showInForm } from "../form";
import type { Listening } from "../listening";

/** The form that deletes a key, sent. */
export function registerDelete(app: App, listening: Listening): void {
  app.view(CALLBACKS.delete, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const accessKeyId = submission.kind === "malformed" ? null : readPicked(submission.state);
    if (submission.kind === "malformed" || accessKeyId === null)
      return ack({ response_action: "update", view: outcomeView(DELETE_TITLE, MALFORMED) });
    await ack({ response_action: "update", view: workingView(DELETE_TITLE, "Deleting the key…") });
    const { actor, viewId } = submission;
    const { sentence } = await attempted(
      listening,
      CALLBACKS.delete,
      () => deleteKey(listening.ports, { actor, accessKeyId }),
      { kind: "done", sentence: WENT_WRONG },
    );
    const form = { viewId, userId: actor.userId };
    await showInForm(listening, form, outcomeView(DELETE_TITLE, sentence), sentence);
  });
}
