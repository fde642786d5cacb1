import type { App } from "@slack/bolt";
import { pickedKey } from "../../workflow/list";
import { mayOpenForm } from "../../workflow/open-form";
import { outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import { readDraft } from "../create-form/input";
import { CREATE_TITLE, drawCreateForm } from "../create-form/open";
import { readPicked } from "../delete-form/input";
import { DELETE_TITLE } from "../delete-form/open";
import { deleteForm } from "../delete-form/view";
import { ACTIONS } from "../ids";
import { type Click, readClick } from "../payloads/click";
import type { ListenerContext } from "./listener-context";
import { MALFORMED, WENT_WRONG, withFallback } from "./reply";

type View = Awaited<ReturnType<typeof drawCreateForm>>;

/** Choices inside a form that change what the form shows. */
export function registerForms(app: App, context: ListenerContext): void {
  const { ports } = context;
  for (const actionId of [ACTIONS.permission, ACTIONS.allBuckets])
    onChoice(app, context, actionId, CREATE_TITLE, async ({ actor }, state) => {
      const draft = readDraft(state);
      if ("kind" in draft) return outcomeView(CREATE_TITLE, MALFORMED);
      const may = await mayOpenForm(ports, actor);
      return drawCreateForm(context, actor, draft, may.kind === "refused" ? may : null);
    });
  onChoice(app, context, ACTIONS.pickedKey, DELETE_TITLE, async ({ actor }, state) => {
    const accessKeyId = readPicked(state);
    if (accessKeyId === null) return deleteForm({ picked: null, viewerId: actor.userId });
    const picked = await pickedKey(ports, { actor, accessKeyId });
    if (picked.kind === "refused") return outcomeView(DELETE_TITLE, picked.sentence);
    return deleteForm({ picked: picked.key, viewerId: actor.userId });
  });
}

/** Draws a form again after a choice in it. What was typed elsewhere in it stays, since its blocks keep their ids. */
function onChoice(
  app: App,
  context: ListenerContext,
  actionId: string,
  title: string,
  draw: (click: Click, state: unknown) => Promise<View>,
): void {
  app.action({ type: "block_actions", action_id: actionId }, async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    if (click.kind === "malformed" || click.view === null) return;
    const { id, hash, state } = click.view;
    const view = await withFallback(context, actionId, () => draw(click, state), outcomeView(title, WENT_WRONG));
    // A form that was drawn again meanwhile is left alone: what it holds is judged when it is sent.
    const shown = await called(context.client.views.update({ view_id: id, ...(hash ? { hash } : {}), view }));
    if (shown.kind === "failed") context.ports.log.warn({ event: "form.not_shown", code: shown.code });
  });
}
