import type { App } from "@slack/bolt";
import { outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import { type Click, readClick } from "../payloads/click";
import type { ChoicesUnderWay, ListenerContext } from "./listener-context";
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
    const underWay = begin(context, id, click.clickId);
    try {
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
      const isNewest = underWay.newestClickId === click.clickId;
      if (shown.kind === "failed" && shown.code === HASH_CONFLICT && isNewest && underWay.drawnHash !== null)
        shown = await show(underWay.drawnHash);
      if (shown.kind === "ok") underWay.drawnHash = shown.result.view?.hash ?? null;
      else context.ports.log.warn({ event: "form.not_shown", code: shown.code });
    } finally {
      underWay.count -= 1;
      if (underWay.count === 0) context.choices.delete(id);
    }
  });
}

/** The form is another one by now than the one in which the choice was made (Slack, `views.update`). */
const HASH_CONFLICT = "hash_conflict";

function begin({ choices }: ListenerContext, viewId: string, clickId: string): ChoicesUnderWay {
  const underWay = choices.get(viewId) ?? { newestClickId: clickId, drawnHash: null, count: 0 };
  underWay.newestClickId = clickId;
  underWay.count += 1;
  choices.set(viewId, underWay);
  return underWay;
}
