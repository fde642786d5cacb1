import type { App } from "@slack/bolt";
import type { Refusal } from "../../domain/refusal";
import { deleteKey } from "../../workflow/delete";
import { confirmSaved, keyOfDelivery } from "../../workflow/saved";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { instead, outcomeBeside, type Reply } from "../interaction/reply";

/** The buttons of the message that shows a secret. */
export function registerSecret(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.saved, async (click) => {
    const outcome = await confirmSaved(ports, { actor: click.actor, deliveryId: click.value });
    return outcome.kind === "refused" ? refusedSecret(outcome) : { kind: "remove" };
  });
  onClick(app, context, ACTIONS.deleteDelivered, async (click) => {
    const delivered = await keyOfDelivery(ports, { actor: click.actor, deliveryId: click.value });
    if (delivered.kind === "refused") return refusedSecret(delivered);
    const outcome = await deleteKey(ports, { actor: click.actor, accessKeyId: delivered.key.accessKeyId });
    return outcome.kind === "refused" ? refusedSecret(outcome) : instead(...outcome.sentence);
  });
}

/** A secret that no longer works goes; one that works stays, since it can't be shown again. */
function refusedSecret(refusal: Refusal): Reply {
  const isWorthless = refusal.code === "older_secret" || refusal.code === "already_deleted";
  return isWorthless ? instead(...refusal.sentence) : outcomeBeside(refusal);
}
