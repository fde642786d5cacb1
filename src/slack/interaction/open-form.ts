import { loadingView, outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import type { Sentence } from "../words/sentence";
import type { ListenerContext } from "./listener-context";
import type { Deed } from "./refusal-trace";
import { type Drawn, viewOf } from "./refused-form";
import { beside, type Reply, SHOWN } from "./reply";
import { withFallback } from "./with-fallback";

/** Whose click or command opens a form, and what that is in the trace of a refusal. */
export type Asker = { triggerId: string; deed: Deed };

export const NOT_OPENED: Sentence = ["Slack didn't open the form in time. Nothing was changed; please try again."];
export const NOT_DRAWN: Sentence = ["Slack didn't show the form. Nothing was changed; please close it and try again."];

/**
 * Opens a form. Its trigger lives 3 seconds (Slack, `trigger_id`), so a view without content opens at once, while `draw`
 * finds out what the form shows.
 */
export async function openForm(
  context: ListenerContext,
  { triggerId, deed }: Asker,
  title: string,
  draw: () => Promise<Drawn>,
): Promise<Reply> {
  const { client } = context;
  const [opened, drawn] = await Promise.all([
    called(client.views.open({ trigger_id: triggerId, view: loadingView(title) })),
    withFallback<Drawn>(context, title, draw, (words) => outcomeView(title, words)),
  ]);
  const view = viewOf(context, { deed, title }, drawn);
  const viewId = opened.kind === "ok" ? opened.result.view?.id : undefined;
  if (viewId === undefined) return beside(...NOT_OPENED);
  const shown = await called(client.views.update({ view_id: viewId, view }));
  if (shown.kind === "ok" || shown.code === "not_found") return SHOWN;
  context.ports.log.warn({ event: "form.not_shown", code: shown.code });
  return beside(...NOT_DRAWN);
}
