import type { App } from "@slack/bolt";
import type { LessAccess } from "../../domain/narrow";
import { approveWithLess, bucketsToGive, mayApproveLess } from "../../workflow/approve-less";
import { bucketOptions } from "../blocks/bucket-options";
import { outcomeView } from "../blocks/modals";
import { MAX_OPTIONS } from "../blocks/option";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick, redraw } from "../interaction/on-click";
import { onSearch } from "../interaction/on-search";
import { onSubmit, type Shown } from "../interaction/on-submit";
import { openForm } from "../interaction/open-form";
import { aboutId } from "../interaction/refusal-trace";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { readApproveForm } from "./input";
import { approveForm } from "./view";

/** The form for giving less than was asked for: the button on the approvals card that opens it, its select and its sending. */
export function registerApproveForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.approveLess, (click) =>
    openForm(context, click, TITLES.approveLess, async () => {
      const may = await mayApproveLess(ports, { actor: click.actor, requestId: click.value });
      if (may.kind === "may") return approveForm(may.request);
      await redraw(context, click, "approvals");
      return may;
    }),
  );
  onSearch(app, context, ACTIONS.lessBuckets, async ({ actor, search, kept: requestId }) => {
    const buckets = await bucketsToGive(ports, { actor, requestId, search, limit: MAX_OPTIONS });
    return "kind" in buckets ? buckets : bucketOptions(buckets);
  });
  const form = { callbackId: CALLBACKS.approveLess, title: TITLES.approveLess, working: "Approving with less…" };
  onSubmit(app, context, form, {
    read: readApproveForm,
    verb: (submission, filled) => approve(context, submission, filled),
    about: ({ requestId }) => aboutId("requestId", requestId),
  });
}

async function approve(
  { ports }: ListenerContext,
  { actor }: Submission,
  { requestId, access }: { requestId: string; access: LessAccess },
): Promise<Shown> {
  const outcome = await approveWithLess(ports, { actor, requestId, access });
  if (outcome.kind === "invalid") {
    const sentence = [fieldProblemWords(outcome.problem)];
    return { kind: "shown", view: outcomeView(TITLES.approveLess, sentence), sentence };
  }
  if (outcome.kind !== "refused" || outcome.code !== "not_less") return outcome;
  return { kind: "refused_within", view: approveForm(outcome.about.request, outcome), refusal: outcome };
}
