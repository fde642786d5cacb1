import type { App } from "@slack/bolt";
import { askForSecret, keyToAskFor } from "../../workflow/ask-secret";
import { outcomeView } from "../blocks/modals";
import { createdView } from "../create-form/created-view";
import { CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onSubmit, type Shown } from "../interaction/on-submit";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { refusalWords } from "../words/refusals";
import { readSecretForm } from "./input";
import { secretForm } from "./view";

/** The form that asks for a new secret, sent. */
export function registerSecretForm(app: App, context: ListenerContext): void {
  const form = { callbackId: CALLBACKS.secret, title: TITLES.secret, working: "Checking your request…" };
  onSubmit(app, context, form, {
    read: readSecretForm,
    verb: (submission, fields) => ask(context, submission, fields),
  });
}

async function ask(
  { ports, workspaceUrl }: ListenerContext,
  { actor, viewId }: Submission,
  { accessKeyId, reason }: { accessKeyId: string; reason: string },
): Promise<Shown> {
  const asked = await askForSecret(ports, { actor, viewId, accessKeyId, reason: reason === "" ? null : reason });
  if (asked.kind === "created") {
    const dmUrl = `${workspaceUrl}archives/${asked.dmChannelId}`;
    const { approvalsChannelId } = ports.settings;
    return { view: createdView({ request: asked.request, dmUrl, approvalsChannelId }), sentence: null };
  }
  const sentence = asked.kind === "refused" ? refusalWords(asked) : [fieldProblemWords(asked.problem)];
  if (asked.kind === "refused") return { view: outcomeView(TITLES.secret, sentence), sentence };
  const found = await keyToAskFor(ports, { actor, accessKeyId });
  if (found.kind === "refused") return { view: outcomeView(TITLES.secret, refusalWords(found)), sentence };
  return { view: secretForm({ key: found.key, reason, problem: sentence }), sentence };
}
