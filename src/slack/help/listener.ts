import type { App } from "@slack/bolt";
import { openCreateForm } from "../create-form/open";
import { emptyDraft } from "../create-form/view";
import { openDeleteForm } from "../delete-form/open";
import { ACTIONS } from "../ids";
import type { Listening } from "../interaction/listening";
import { onClick } from "../interaction/on-click";
import { answerWithKeys } from "../key-list/pages";

/** The buttons of the help, and of links, which Slack wants acknowledged too. */
export function registerHelp(app: App, listening: Listening): void {
  onClick(app, listening, ACTIONS.helpCreate, (click) => openCreateForm(listening, click, async () => emptyDraft("")));
  onClick(app, listening, ACTIONS.helpList, (click) =>
    answerWithKeys(listening, { actor: click.actor, whose: { kind: "own" }, from: null }),
  );
  onClick(app, listening, ACTIONS.helpDelete, (click) => openDeleteForm(listening, click, null));
  app.action({ type: "block_actions", action_id: ACTIONS.openDm }, ({ ack }) => ack());
}
