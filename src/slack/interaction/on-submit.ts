import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { tell } from "../../workflow/change";
import { outcomeView, workingView } from "../blocks/modals";
import { called } from "../clients/call";
import type { Malformed } from "../payloads/malformed";
import { type InvalidForm, readSubmission, type Submission } from "../payloads/submission";
import type { Sentence } from "../words/sentence";
import type { ListenerContext } from "./listener-context";
import { MALFORMED, noticeOf, WENT_WRONG } from "./reply";
import { withFallback } from "./with-fallback";

/** How it went. The sentence is for the DM where the form is closed by now; null where they see it there anyway. */
export type Shown = { view: ModalView; sentence: Sentence | null };

type Form = {
  callbackId: string;
  title: string;
  /** What it says while the verb runs. */
  working: string;
};

/**
 * Registers what a form does when it is sent: what it holds is read, the form says that something is being done, then
 * comes the verb, then its outcome.
 */
export function onSubmit<Fields extends object>(
  app: App,
  context: ListenerContext,
  { callbackId, title, working }: Form,
  steps: {
    read: (submission: Submission) => ({ kind: "form" } & Fields) | InvalidForm | Malformed;
    verb: (submission: Submission, fields: Fields) => Promise<Shown>;
  },
): void {
  app.view(callbackId, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const read = submission.kind === "malformed" ? submission : steps.read(submission);
    if (read.kind === "invalid") return ack({ response_action: "errors", errors: read.errors });
    if (read.kind === "malformed" || submission.kind === "malformed")
      return ack({ response_action: "update", view: outcomeView(title, MALFORMED) });
    await ack({ response_action: "update", view: workingView(title, working) });
    const shown = await withFallback(context, callbackId, () => steps.verb(submission, read), {
      view: outcomeView(title, WENT_WRONG),
      sentence: WENT_WRONG,
    });
    await showOutcome(context, submission, shown);
  });
}

/** Shows in the form how it went; where the form is closed by now, the person reads it in their DM. */
async function showOutcome(
  { client, ports }: ListenerContext,
  { viewId, actor }: Submission,
  { view, sentence }: Shown,
): Promise<void> {
  const shown = await called(client.views.update({ view_id: viewId, view }));
  if (shown.kind === "ok") return;
  ports.log.warn({ event: "form.not_shown", code: shown.code });
  if (sentence !== null) await tell(ports, noticeOf(actor.userId, sentence));
}
