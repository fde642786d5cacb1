import type { ModalView } from "@slack/types";
import { loadingView, outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import type { ListenerContext } from "./listener-context";
import { beside, type Reply, SHOWN, WENT_WRONG } from "./reply";
import { withFallback } from "./with-fallback";

/**
 * Opens a form. Its trigger lives 3 seconds (Slack, `trigger_id`), so a view without content opens at once, while `draw`
 * finds out what the form shows.
 */
export async function openForm(
  context: ListenerContext,
  triggerId: string,
  title: string,
  draw: () => Promise<ModalView>,
): Promise<Reply> {
  const { client } = context;
  const [opened, view] = await Promise.all([
    called(client.views.open({ trigger_id: triggerId, view: loadingView(title) })),
    withFallback(context, title, draw, outcomeView(title, WENT_WRONG)),
  ]);
  const viewId = opened.kind === "ok" ? opened.result.view?.id : undefined;
  if (viewId === undefined) return beside("Slack didn't open the form in time. Nothing was changed; please try again.");
  const shown = await called(client.views.update({ view_id: viewId, view }));
  if (shown.kind === "ok" || shown.code === "not_found") return SHOWN;
  context.ports.log.warn({ event: "form.not_shown", code: shown.code });
  return beside("Slack didn't show the form. Nothing was changed; please close it and try again.");
}
