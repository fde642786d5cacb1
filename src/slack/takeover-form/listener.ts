import type { App } from "@slack/bolt";
import { keysToTakeOver, takeOverChosen } from "../../workflow/ask-takeover";
import { outcomeView } from "../blocks/modals";
import { CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onSubmit, type Shown } from "../interaction/on-submit";
import type { Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { TITLES } from "../words/labels";
import { takenWords } from "../words/taken";
import { readTakeoverForm, type TakeoverFields } from "./input";
import { takeoverForm } from "./view";

/** The form in which somebody takes over keys, sent. */
export function registerTakeoverForm(app: App, context: ListenerContext): void {
  const form = { callbackId: CALLBACKS.takeover, title: TITLES.takeover, working: "Taking over…" };
  onSubmit(app, context, form, {
    read: readTakeoverForm,
    verb: (submission, fields) => take(context, submission, fields),
  });
}

async function take(
  { ports, noteRefusal }: ListenerContext,
  { actor, viewId }: Submission,
  { fromId, accessKeyIds, reason }: TakeoverFields,
): Promise<Shown> {
  const taken = await takeOverChosen(ports, {
    actor,
    viewId,
    fromId,
    accessKeyIds,
    reason: reason === "" ? null : reason,
  });
  if (taken.kind === "refused") return taken;
  if (taken.kind === "invalid") {
    const found = await keysToTakeOver(ports, { actor, fromId });
    if (found.kind === "refused") return found;
    const problem = [fieldProblemWords(taken.problem)];
    const view = takeoverForm({ fromId, keys: found.keys, chosen: accessKeyIds, reason, problem });
    return { kind: "shown", view, sentence: problem };
  }
  for (const { outcome } of taken.keys)
    if (outcome.kind === "refused") noteRefusal({ actor: actor.userId, verb: CALLBACKS.takeover, about: {} }, outcome);
  const sentence = takenWords(taken);
  return { kind: "shown", view: outcomeView(TITLES.takeover, sentence), sentence };
}
