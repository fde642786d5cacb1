import type { App } from "@slack/bolt";
import { deleteAllLeft, pauseAllLeft } from "../../workflow/all-left-keys";
import { confirmLeft } from "../../workflow/they-did-leave";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { outcomeBeside } from "../interaction/reply";
import { slackId } from "../payloads/actor";
import { openTakeoverForm } from "../takeover-form/open";

/** The buttons of the card about the keys of somebody who has left, and of the question whether so many did. */
export function registerLeaverCard(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.takeOver, (click) =>
    openTakeoverForm(context, click, { fromId: click.value, reason: "" }),
  );
  onClick(app, context, ACTIONS.pauseLeft, async ({ actor, value }) =>
    outcomeBeside(await pauseAllLeft(ports, { actor, ownerId: ownerIn(value) })),
  );
  onClick(app, context, ACTIONS.deleteLeft, async ({ actor, value }) =>
    outcomeBeside(await deleteAllLeft(ports, { actor, ownerId: ownerIn(value) })),
  );
  onClick(app, context, ACTIONS.theyDidLeave, async ({ actor, value }) =>
    outcomeBeside(await confirmLeft(ports, { actor, until: /^\d{1,15}$/.test(value) ? Number(value) : 0 })),
  );
}

/** Whom a button names; nobody where that is no id of Slack's. */
function ownerIn(value: string): string {
  return slackId.safeParse(value).data ?? "";
}
