import type { App } from "@slack/bolt";
import { bucketsFor } from "../../workflow/buckets";
import { changeAccess } from "../../workflow/change-access";
import { bucketOptions } from "../blocks/bucket-options";
import { MAX_OPTIONS } from "../blocks/option";
import { createdView } from "../create-form/created-view";
import { accessOf } from "../create-form/input";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onChoice } from "../interaction/on-choice";
import { onClick } from "../interaction/on-click";
import { onSearch } from "../interaction/on-search";
import { onSubmit, type Shown } from "../interaction/on-submit";
import { aboutId } from "../interaction/refusal-trace";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import type { AccessDraft } from "./draft";
import { readAccessForm } from "./input";
import { openAccessForm, redrawAccessForm } from "./open";

/** The form for what a key opens: what opens it, its choices, its select and its sending. */
export function registerAccessForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  for (const actionId of [ACTIONS.changeAccess, ACTIONS.changeAccessListed, ACTIONS.homeChangeAccess])
    onClick(app, context, actionId, (click) => openAccessForm(context, click, click.value));
  for (const actionId of [ACTIONS.accessPermission, ACTIONS.accessBucketAccess, ACTIONS.accessBuckets])
    onChoice(app, context, { actionId, title: TITLES.access }, async ({ actor, state }) => {
      const draft = readAccessForm(state);
      return draft.kind === "malformed" ? draft : redrawAccessForm(context, actor, { draft, problem: null });
    });
  onSearch(app, context, ACTIONS.accessBuckets, async ({ actor, search }) => {
    const buckets = await bucketsFor(ports, { actor, search, limit: MAX_OPTIONS });
    return "kind" in buckets ? buckets : bucketOptions(buckets);
  });
  const form = { callbackId: CALLBACKS.access, title: TITLES.access, working: "Changing its access…" };
  onSubmit(app, context, form, {
    read: ({ state }) => readAccessForm(state),
    verb: (submission, draft) => submit(context, submission, draft),
    about: ({ accessKeyId }) => aboutId("accessKeyId", accessKeyId),
  });
}

async function submit(context: ListenerContext, { actor, viewId }: Submission, draft: AccessDraft): Promise<Shown> {
  const { ports, workspaceUrl } = context;
  const { accessKeyId, reason } = draft;
  const access = accessOf(draft);
  const wanted = { actor, viewId, accessKeyId, access, reason: reason === "" ? null : reason };
  const changed = await changeAccess(ports, wanted);
  if (changed.kind === "created") {
    const dmUrl = `${workspaceUrl}archives/${changed.dmChannelId}`;
    const { approvalsChannelId } = ports.settings;
    return {
      kind: "shown",
      view: createdView({ request: changed.request, dmUrl, approvalsChannelId }),
      sentence: null,
    };
  }
  if (changed.kind !== "invalid") return changed;
  const drawn = await redrawAccessForm(context, actor, { draft, problem: changed });
  return "kind" in drawn ? drawn : { kind: "shown", view: drawn, sentence: [fieldProblemWords(changed.problem)] };
}
