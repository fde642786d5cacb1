import type { App } from "@slack/bolt";
import { ACTIONS } from "../../ids";
import { emptyDraft } from "../../views/create-form";
import { onClick } from "../click";
import { openCreateForm } from "../create-form";
import { openDeleteForm } from "../delete-form";
import { answerWithKeys } from "../key-pages";
import type { Listening } from "../listening";

/** The buttons of the help, and of links, which Slack wants acknowledged too. */
export function registerHelp(app: App, listening: Listening): void {
  onClick(app, listening, ACTIONS.helpCreate, (click) => openCreateForm(listening, click, async () => emptyDraft("")));
  onClick(app, listening, ACTIONS.helpList, (click) =>
    answerWithKeys(listening, { actor: click.actor, whose: { kind: "own" }, from: null }),
  );
  onClick(app, listening, ACTIONS.helpDelete, (click) => openDeleteForm(listening, click, null));
  app.action({ type: "block_actions", action_id: ACTIONS.openDm }, ({ ack }) => ack());
}
