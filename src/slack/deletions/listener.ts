import type { App } from "@slack/bolt";
import { confirmHeld, liftHeld } from "../../workflow/held-deletions";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { outcomeBeside } from "../interaction/reply";

/** The buttons under deletions that wait for another approver; their value is whose they are. */
export function registerDeletions(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.deleteHeld, async ({ actor, value }) =>
    outcomeBeside(await confirmHeld(ports, { actor, byId: value })),
  );
  onClick(app, context, ACTIONS.keepHeld, async ({ actor, value }) =>
    outcomeBeside(await liftHeld(ports, { actor, byId: value })),
  );
}
