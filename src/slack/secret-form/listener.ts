import type { App } from "@slack/bolt";
import { type AskedOfKey, askForSecret, keyToAskFor } from "../../workflow/ask-secret";
import { createdView } from "../create-form/created-view";
import { CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onSubmit, type Shown } from "../interaction/on-submit";
import { aboutId } from "../interaction/refusal-trace";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { readSecretForm } from "./input";
import { secretForm } from "./view";

/** The forms that ask for something about a key, sent. */
export function registerSecretForm(app: App, context: ListenerContext): void {
  for (const kind of ["secret", "resume", "extend"] as const) {
    const form = { callbackId: CALLBACKS[kind], title: TITLES[kind], working: "Checking your request…" };
    onSubmit(app, context, form, {
      read: readSecretForm,
      verb: (submission, fields) => ask(context, submission, { ...fields, kind }),
      about: ({ accessKeyId }) => aboutId("accessKeyId", accessKeyId),
    });
  }
}

async function ask(
  { ports, workspaceUrl }: ListenerContext,
  { actor, viewId }: Submission,
  { kind, accessKeyId, reason }: { kind: AskedOfKey; accessKeyId: string; reason: string },
): Promise<Shown> {
  const asked = await askForSecret(ports, { actor, viewId, accessKeyId, kind, reason: reason === "" ? null : reason });
  if (asked.kind === "created") {
    const dmUrl = `${workspaceUrl}archives/${asked.dmChannelId}`;
    const { approvalsChannelId } = ports.settings;
    return { kind: "shown", view: createdView({ request: asked.request, dmUrl, approvalsChannelId }), sentence: null };
  }
  if (asked.kind === "refused") return asked;
  const found = await keyToAskFor(ports, { actor, accessKeyId, kind });
  if (found.kind === "refused") return found;
  const problem = [fieldProblemWords(asked.problem)];
  return { kind: "shown", view: secretForm({ kind, key: found.key, reason, problem }), sentence: problem };
}
