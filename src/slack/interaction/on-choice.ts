import type { App } from "@slack/bolt";
import { MAX_FORMS_REMEMBERED } from "../../domain/service-limits";
import { outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import { type Click, readClick } from "../payloads/click";
import type { FormChoices, ListenerContext } from "./listener-context";
import type { Deed } from "./refusal-trace";
import { type Drawn, viewOf } from "./refused-form";
import { senderOf } from "./reply";
import { withFallback } from "./with-fallback";

/** A choice in a form, with what the form holds. */
export type Choice = Click & { state: unknown };

/**
 * Registers a choice in a form that changes what the form shows. The form is drawn again; what was typed elsewhere in it
 * stays, since its blocks keep their ids.
 * @param form `about` says what a choice is about, for the trace of a refusal
 */
export function onChoice(
  app: App,
  context: ListenerContext,
  form: { actionId: string; title: string; about?: (choice: Choice) => Deed["about"] },
  draw: (choice: Choice) => Promise<Drawn>,
): void {
  const { actionId, title, about = () => ({}) } = form;
  app.action({ type: "block_actions", action_id: actionId }, async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (click.kind === "malformed" || click.view === null)
      return context.noteRefusal({ actor: senderOf(body).userId, verb: actionId, about: {} }, "malformed");
    const { id, hash, state } = click.view;
    const choice = { ...click, state };
    const choices = begin(context, id, click.clickId);
    const drawn = await withFallback<Drawn>(
      context,
      actionId,
      () => draw(choice),
      (words) => outcomeView(title, words),
    );
    const deed = { actor: click.actor.userId, verb: actionId, about: about(choice) };
    const view = viewOf(context, { deed, title }, drawn);
    const show = (over: string | null) =>
      called(context.client.views.update({ view_id: id, ...(over ? { hash: over } : {}), view }));
    let shown = await show(hash);
    // An earlier choice was drawn meanwhile. A form that was drawn for something else is left alone: what it holds is judged
    // when it is sent.
    const isNewest = choices.newestClickId === click.clickId;
    if (shown.kind === "failed" && shown.code === HASH_CONFLICT && isNewest && choices.drawnHash !== null)
      shown = await show(choices.drawnHash);
    if (shown.kind === "ok") choices.drawnHash = shown.result.view?.hash ?? null;
    else context.ports.log.warn({ event: "form.not_shown", code: shown.code });
  });
}

/** The form is another one by now than the one in which the choice was made (Slack, `views.update`). */
const HASH_CONFLICT = "hash_conflict";

/** What is known of a form stays for a while: a choice may come after another one was drawn, and have been made before. */
function begin({ choices }: ListenerContext, viewId: string, clickId: string): FormChoices {
  const known = choices.get(viewId) ?? { newestClickId: clickId, drawnHash: null };
  known.newestClickId = clickId;
  choices.delete(viewId);
  choices.set(viewId, known);
  const [oldest] = choices.keys();
  if (choices.size > MAX_FORMS_REMEMBERED && oldest !== undefined) choices.delete(oldest);
  return known;
}
