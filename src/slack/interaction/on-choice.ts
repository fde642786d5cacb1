import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import { type Click, readClick } from "../payloads/click";
import type { ListenerContext } from "./listener-context";
import { WENT_WRONG } from "./reply";
import { withFallback } from "./with-fallback";

/** A choice in a form, with what the form holds. */
export type Choice = Click & { state: unknown };

/**
 * Registers a choice in a form that changes what the form shows. The form is drawn again; what was typed elsewhere in it
 * stays, since its blocks keep their ids.
 */
export function onChoice(
  app: App,
  context: ListenerContext,
  { actionId, title }: { actionId: string; title: string },
  draw: (choice: Choice) => Promise<ModalView>,
): void {
  app.action({ type: "block_actions", action_id: actionId }, async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (click.kind === "malformed" || click.view === null) return;
    const { id, hash, state } = click.view;
    const view = await withFallback(context, actionId, () => draw({ ...click, state }), outcomeView(title, WENT_WRONG));
    // A form that was drawn again meanwhile is left alone: what it holds is judged when it is sent.
    const shown = await called(context.client.views.update({ view_id: id, ...(hash ? { hash } : {}), view }));
    if (shown.kind === "failed") context.ports.log.warn({ event: "form.not_shown", code: shown.code });
  });
}
