import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Refusal } from "../../domain/refusal";
import { tell } from "../../workflow/change";
import type { Outcome } from "../../workflow/outcome";
import { outcomeView, workingView } from "../blocks/modals";
import { called } from "../clients/call";
import type { Malformed } from "../payloads/malformed";
import { type InvalidForm, readSubmission, type Submission } from "../payloads/submission";
import { outcomeWords } from "../words/outcomes";
import { refusalWords } from "../words/refusals";
import type { Sentence } from "../words/sentence";
import type { ListenerContext } from "./listener-context";
import type { Deed } from "./refusal-trace";
import type { RefusedWithin } from "./refused-form";
import { MALFORMED, noticeOf, senderOf } from "./reply";
import { withFallback } from "./with-fallback";

/**
 * How it went: as the form shows it, or as the verb says it. The sentence is for the DM where the form is closed by now;
 * null where they see it there anyway. `isSeenInDm`: they are where its card is, which says all that there is to say.
 */
export type Shown =
  | { kind: "shown"; view: ModalView; sentence: Sentence | null; isSeenInDm?: boolean }
  | RefusedWithin
  | Outcome;

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
    /** What the form is about, for the trace of a refusal. */
    about?: (fields: Fields) => Deed["about"];
    /**
     * Whether the form closes at once: only an acknowledgement can close it (Slack, `view_submission`), and that comes before
     * the verb. What there is to say then opens a form again.
     */
    closes?: (fields: Fields) => boolean;
    /** What it means elsewhere, once the form shows how it went. */
    after?: (submission: Submission, fields: Fields, outcome: Outcome) => Promise<void>;
  },
): void {
  app.view(callbackId, async ({ ack, body }) => {
    const submission = readSubmission(body);
    const read = submission.kind === "malformed" ? submission : steps.read(submission);
    if (read.kind === "invalid") return ack({ response_action: "errors", errors: read.errors });
    if (read.kind === "malformed" || submission.kind === "malformed") {
      context.noteRefusal({ actor: senderOf(body).userId, verb: callbackId, about: {} }, "malformed");
      return ack({ response_action: "update", view: outcomeView(title, MALFORMED) });
    }
    const isClosed = steps.closes?.(read) ?? false;
    await (isClosed ? ack() : ack({ response_action: "update", view: workingView(title, working) }));
    const shown = await withFallback<Shown>(
      context,
      callbackId,
      () => steps.verb(submission, read),
      (words) => ({
        kind: "shown",
        view: outcomeView(title, words),
        sentence: words,
      }),
    );
    const { refusal, ...drawn } = drawnOf(title, shown);
    const deed = { actor: submission.actor.userId, verb: callbackId, about: steps.about?.(read) ?? {} };
    if (refusal) context.noteRefusal(deed, refusal);
    const isSeen = isClosed && shown.kind === "shown" && shown.isSeenInDm === true;
    if (!isSeen) await showOutcome(context, submission, { ...drawn, isClosed });
    if (shown.kind === "done" || shown.kind === "refused") await steps.after?.(submission, read, shown);
  });
}

type DrawnOutcome = { view: ModalView; sentence: Sentence | null };

function drawnOf(title: string, shown: Shown): DrawnOutcome & { refusal: Refusal | null } {
  switch (shown.kind) {
    case "shown":
      return { view: shown.view, sentence: shown.sentence, refusal: null };
    case "refused_within":
      return { view: shown.view, sentence: refusalWords(shown.refusal), refusal: shown.refusal };
    case "done":
    case "refused": {
      const sentence = outcomeWords(shown);
      return { view: outcomeView(title, sentence), sentence, refusal: shown.kind === "refused" ? shown : null };
    }
  }
}

/** Shows in the form how it went, or opens one for that; where neither can be, the person reads it in their DM. */
async function showOutcome(
  { client, ports }: ListenerContext,
  { viewId, triggerId, actor }: Submission,
  { view, sentence, isClosed }: DrawnOutcome & { isClosed: boolean },
): Promise<void> {
  const shown = await called(
    isClosed
      ? client.views.open({ trigger_id: triggerId ?? "", view })
      : client.views.update({ view_id: viewId, view }),
  );
  if (shown.kind === "ok") return;
  ports.log.warn({ event: "form.not_shown", code: shown.code });
  if (sentence !== null) await tell(ports, noticeOf(actor.userId, sentence));
}
