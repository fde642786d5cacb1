import type { App } from "@slack/bolt";
import { breakGlass } from "../../workflow/break-glass";
import { reviewGlass } from "../../workflow/review";
import { createdView } from "../create-form/created-view";
import { emptyDraft } from "../create-form/draft";
import { type FilledForm, readCreateForm } from "../create-form/input";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick, redraw } from "../interaction/on-click";
import { onSubmit, type Shown } from "../interaction/on-submit";
import { outcomeBeside } from "../interaction/reply";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { drawBreakGlass, openBreakGlass } from "./open";

/** The form that breaks the glass, its button in Homes, and the button of those who review it. */
export function registerBreakGlass(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.homeBreakGlass, (click) => openBreakGlass(context, click, emptyDraft("")));
  const form = { callbackId: CALLBACKS.breakGlass, title: TITLES.breakGlass, working: "Checking who you are…" };
  onSubmit(app, context, form, {
    read: ({ state }) => readCreateForm(state),
    verb: (submission, filled) => submit(context, submission, filled),
    closes: ({ draft }) => draft.openedIn?.startsWith("D") ?? false,
  });
  onClick(app, context, ACTIONS.review, async (click) => {
    const outcome = await reviewGlass(ports, { actor: click.actor, requestId: click.value });
    await redraw(context, click, "review");
    return outcomeBeside(outcome);
  });
}

async function submit(
  context: ListenerContext,
  { actor, viewId }: Submission,
  { form, draft }: FilledForm,
): Promise<Shown> {
  const { ports } = context;
  const broken = await breakGlass(ports, { actor, viewId, form });
  if (broken.kind === "created") {
    const { request, dmChannelId } = broken;
    const dmUrl = `${context.workspaceUrl}archives/${dmChannelId}`;
    const view = createdView({ request, dmUrl, approvalsChannelId: ports.settings.approvalsChannelId });
    return { kind: "shown", view, sentence: null, isSeenInDm: draft.openedIn === dmChannelId };
  }
  const { policy } = await ports.policy.inForce();
  // Who may not break it, or not any more, sees no form for it.
  if (policy.breakGlass === null || (broken.kind === "refused" && HOPELESS.has(broken.code)))
    return broken.kind === "refused" ? broken : { kind: "refused", code: "no_break_glass", about: {} };
  const view = await drawBreakGlass(context, actor, { draft, glass: policy.breakGlass, problem: broken });
  if (broken.kind === "refused") return { kind: "refused_within", view, refusal: broken };
  return { kind: "shown", view, sentence: [fieldProblemWords(broken.problem)] };
}

const HOPELESS: ReadonlySet<string> = new Set([
  "no_break_glass",
  "may_not_break_glass",
  "guest",
  "bot",
  "deactivated",
  "outsider",
]);
