import type { App } from "@slack/bolt";
import { createRequest } from "../../workflow/create";
import { createdView, outcomeView, workingView } from "../blocks/modals";
import { CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { showInForm } from "../interaction/open-form";
import { MALFORMED, WENT_WRONG, withFallback } from "../interaction/reply";
import { readSubmission, type Submission } from "../payloads/submission";
import { readCreateForm } from "./input";
import { CREATE_TITLE, drawCreateForm } from "./open";

type Form = Extract<ReturnType<typeof readCreateForm>, { kind: "form" }>;

/** The form for a new key, sent. */
export function registerCreate(app: App, context: ListenerContext): void {
  app.view(CALLBACKS.create, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const read =
      submission.kind === "malformed"
        ? submission
        : readCreateForm(submission.state, context.ports.settings.policy.approvalFor);
    if (read.kind === "invalid") return ack({ response_action: "errors", errors: read.errors });
    if (read.kind === "malformed" || submission.kind === "malformed")
      return ack({ response_action: "update", view: outcomeView(CREATE_TITLE, MALFORMED) });
    await ack({ response_action: "update", view: workingView(CREATE_TITLE, "Checking your request…") });
    const form = { viewId: submission.viewId, userId: submission.actor.userId };
    const { view, sentence } = await withFallback(context, CALLBACKS.create, () => create(context, submission, read), {
      view: outcomeView(CREATE_TITLE, WENT_WRONG),
      sentence: WENT_WRONG,
    });
    await showInForm(context, form, view, sentence);
  });
}

async function create(context: ListenerContext, { actor, viewId }: Submission, { form, draft }: Form) {
  const { ports } = context;
  const created = await createRequest(ports, { actor, viewId, form });
  if (created.kind === "created") {
    const { request, dmChannelId } = created;
    const dmUrl = `${context.workspaceUrl}archives/${dmChannelId}`;
    const { approvalsChannelId } = ports.settings;
    return { view: createdView({ request, dmUrl, approvalsChannelId }), sentence: null };
  }
  const sentence = created.kind === "refused" ? created.sentence : [created.problem];
  return { view: await drawCreateForm(context, actor, draft, created), sentence };
}
