import type { App } from "@slack/bolt";
import { emptyDraft } from "../create-form/draft";
import { openCreateForm } from "../create-form/open";
import { openDeleteForm } from "../delete-form/open";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { replyWithKeys } from "../key-list/pages";

/** The buttons of the help, and of links, which Slack wants acknowledged too. */
export function registerHelp(app: App, context: ListenerContext): void {
  onClick(app, context, ACTIONS.helpCreate, (click) => openCreateForm(context, click, async () => emptyDraft("")));
  onClick(app, context, ACTIONS.helpList, (click) =>
    replyWithKeys(context, { actor: click.actor, whose: { kind: "own" }, search: null, from: null }),
  );
  onClick(app, context, ACTIONS.helpDelete, (click) => openDeleteForm(context, click, { kind: "any" }));
  app.action({ type: "block_actions", action_id: ACTIONS.openDm }, ({ ack }) => ack());
}
