import type { App } from "@slack/bolt";
import { bucketsFor } from "../../workflow/buckets";
import { createRequest } from "../../workflow/create";
import { mayOpenForm } from "../../workflow/open-form";
import { bucketOptions } from "../blocks/bucket-options";
import { MAX_OPTIONS } from "../blocks/option";
import { ACTIONS, CALLBACKS, OLDER, SHORTCUTS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type Choice, onChoice } from "../interaction/on-choice";
import { onSearch } from "../interaction/on-search";
import { onShortcut } from "../interaction/on-shortcut";
import { onSubmit, type Shown } from "../interaction/on-submit";
import type { Drawn } from "../interaction/refused-form";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { createdView } from "./created-view";
import { emptyDraft } from "./draft";
import { type FilledForm, readCreateForm, readDraft } from "./input";
import { drawCreateForm, openCreateForm } from "./open";

/** The form for a new key: its choices, its select and its sending. */
export function registerCreateForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  for (const actionId of [
    ACTIONS.permission,
    ACTIONS.bucketAccess,
    ACTIONS.buckets,
    ACTIONS.life,
    OLDER.allBuckets.action,
  ])
    onChoice(app, context, { actionId, title: TITLES.create }, (choice) => redrawn(context, choice));
  onSearch(app, context, ACTIONS.buckets, async ({ actor, search }) => {
    const buckets = await bucketsFor(ports, { actor, search, limit: MAX_OPTIONS });
    return "kind" in buckets ? buckets : bucketOptions(buckets);
  });
  onShortcut(app, context, { type: "shortcut", callbackId: SHORTCUTS.getKey }, (use) =>
    openCreateForm(context, use, async () => emptyDraft("")),
  );
  const form = { callbackId: CALLBACKS.create, title: TITLES.create, working: "Checking your request…" };
  onSubmit(app, context, form, {
    read: ({ state }) => readCreateForm(state),
    verb: (submission, filled) => create(context, submission, filled),
    // Ids of direct messages begin with D (Slack); whether it is the one with the bot shows when the bot opens that.
    closes: ({ draft }) => draft.openedIn?.startsWith("D") ?? false,
  });
}

async function redrawn(context: ListenerContext, { actor, state }: Choice): Promise<Drawn> {
  const draft = readDraft(state);
  if ("kind" in draft) return draft;
  const may = await mayOpenForm(context.ports, actor);
  const view = await drawCreateForm(context, actor, draft, may.kind === "may" ? null : may);
  return may.kind === "may" ? view : { kind: "refused_within", view, refusal: may };
}

async function create(
  context: ListenerContext,
  { actor, viewId }: Submission,
  { form, draft }: FilledForm,
): Promise<Shown> {
  const { ports } = context;
  const created = await createRequest(ports, { actor, viewId, form });
  if (created.kind === "created") {
    const { request, dmChannelId } = created;
    const dmUrl = `${context.workspaceUrl}archives/${dmChannelId}`;
    const { approvalsChannelId } = ports.settings;
    const view = createdView({ request, dmUrl, approvalsChannelId });
    // In the DM its card says all that there is to say.
    return { kind: "shown", view, sentence: null, isSeenInDm: draft.openedIn === dmChannelId };
  }
  const view = await drawCreateForm(context, actor, draft, created);
  if (created.kind === "refused") return { kind: "refused_within", view, refusal: created };
  return { kind: "shown", view, sentence: [fieldProblemWords(created.problem)] };
}
