import type { App } from "@slack/bolt";
import { askForOverlap, keyToRotate } from "../../workflow/ask-rotation";
import { askForSecret } from "../../workflow/ask-secret";
import { keyOptionsToRotate } from "../../workflow/keys-to-rotate";
import { newSecretWay } from "../../workflow/new-secret";
import { ownCard } from "../../workflow/own-card";
import { readingView } from "../blocks/modals";
import { MAX_OPTIONS } from "../blocks/option";
import { createdView } from "../create-form/created-view";
import { keyOptions } from "../delete-form/key-options";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onSearch } from "../interaction/on-search";
import { onSubmit, type Shown } from "../interaction/on-submit";
import { aboutId } from "../interaction/refusal-trace";
import { cardMessage, cardUrl } from "../key-details/card-view";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { type RotateFields, readRotateForm } from "./input";
import { NOW, rotateForm } from "./view";

/** The form that rotates a key: its select, and its sending. */
export function registerRotateForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  onSearch(app, context, ACTIONS.rotatedKey, async ({ actor, search }) => {
    const keys = await keyOptionsToRotate(ports, { actor, search, limit: MAX_OPTIONS });
    return "kind" in keys ? keys : keyOptions(keys, actor.userId);
  });
  const form = { callbackId: CALLBACKS.rotate, title: TITLES.rotate, working: "Checking your request…" };
  onSubmit(app, context, form, {
    read: readRotateForm,
    verb: (submission, fields) => rotate(context, submission, fields),
    about: ({ accessKeyId }) => aboutId("accessKeyId", accessKeyId),
  });
}

/** With overlap a second key is asked for; a new secret is to be had on the card alone, or is asked for too. */
async function rotate(context: ListenerContext, submission: Submission, fields: RotateFields): Promise<Shown> {
  const { ports, workspaceUrl } = context;
  const { actor, viewId } = submission;
  const { accessKeyId, overlapMs } = fields;
  const reason = fields.reason === "" ? null : fields.reason;
  if (overlapMs === null && (await newSecretWay(ports, { actor, accessKeyId })) === "at_once")
    return leadToCard(context, submission, accessKeyId);
  const asked =
    overlapMs === null
      ? await askForSecret(ports, { actor, viewId, accessKeyId, kind: "secret", reason })
      : await askForOverlap(ports, { actor, viewId, accessKeyId, overlapMs, reason });
  if (asked.kind === "created") {
    const dmUrl = `${workspaceUrl}archives/${asked.dmChannelId}`;
    const { approvalsChannelId } = ports.settings;
    return { kind: "shown", view: createdView({ request: asked.request, dmUrl, approvalsChannelId }), sentence: null };
  }
  if (asked.kind === "refused") return asked;
  const found = await keyToRotate(ports, { actor, accessKeyId });
  if (found.kind === "refused") return found;
  const { key, needsApproval } = found;
  const problem = [fieldProblemWords(asked.problem)];
  const way = overlapMs === null ? NOW : String(overlapMs);
  const view = rotateForm({ key, needsApproval, way, reason: fields.reason, lead: ["⚠️ ", ...problem] });
  return { kind: "shown", view, sentence: problem };
}

/** A secret appears in the DM alone, where whoever asks for it is when they press the button there. */
async function leadToCard(
  { ports, workspaceUrl }: ListenerContext,
  { actor }: Submission,
  accessKeyId: string,
): Promise<Shown> {
  const found = await ownCard(ports, { actor, accessKeyId });
  if (found.kind === "refused") return found;
  const said = cardMessage(found.key, cardUrl(workspaceUrl, found.places));
  return { kind: "shown", view: readingView(TITLES.rotate, said.blocks), sentence: [said.text] };
}
