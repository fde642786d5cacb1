import type { App } from "@slack/bolt";
import { deleteMadeKey } from "../../workflow/delete-made";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { outcomeBeside } from "../interaction/reply";

/** The buttons beside keys that a key has made. */
export function registerMadeKeys(app: App, context: ListenerContext): void {
  onClick(app, context, ACTIONS.deleteMade, async ({ actor, value }) =>
    outcomeBeside(await deleteMadeKey(context.ports, { actor, accessKeyId: value })),
  );
}
