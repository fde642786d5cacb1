import type { App } from "@slack/bolt";
import { confirmHeld, liftHeld } from "../../workflow/held-deletions";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick } from "../interaction/on-click";
import { outcomeBeside } from "../interaction/reply";
import { readHeldValue } from "./held-value";

/** The buttons under deletions that wait for another approver; their value is whose they are, and which. */
export function registerDeletions(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.deleteHeld, async (click) => outcomeBeside(await confirmHeld(ports, asked(click))));
  onClick(app, context, ACTIONS.keepHeld, async (click) => outcomeBeside(await liftHeld(ports, asked(click))));
}

/** A value that can't be read is about nobody's. */
function asked({ actor, value }: MessageClick) {
  return { actor, ...(readHeldValue(value) ?? { byId: "", until: 0 }) };
}
