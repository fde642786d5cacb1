import type { App } from "@slack/bolt";
import type { Refusal, RefusalCode } from "../../domain/refusal";
import { keyOfDelivery, saySaved } from "../../workflow/confirm-saved";
import { deleteKey } from "../../workflow/delete";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { doneInstead, type Reply, refused } from "../interaction/reply";

/** The buttons of the message that shows a secret. */
export function registerSecret(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.saved, async (click) => {
    const { actor, value: deliveryId, clickId } = click;
    const outcome = await saySaved(ports, { actor, deliveryId, clickId, isOnSecret: true });
    if (outcome.kind === "refused") return refusedSecret(outcome);
    return outcome.code === "confirmed" ? { kind: "remove" } : doneInstead(outcome);
  });
  onClick(app, context, ACTIONS.deleteDelivered, async (click) => {
    const delivered = await keyOfDelivery(ports, { actor: click.actor, deliveryId: click.value });
    if (delivered.kind === "refused") return refusedSecret(delivered);
    const outcome = await deleteKey(ports, { actor: click.actor, accessKeyId: delivered.key.accessKeyId });
    return outcome.kind === "refused" ? refusedSecret(outcome) : doneInstead(outcome);
  });
}

/** What says that a secret does not work, beyond doubt. */
const WORTHLESS: ReadonlySet<RefusalCode> = new Set([
  "older_secret",
  "already_deleted",
  "key_deleting",
  "lapsed",
  "approver_lost",
  "policy_changed",
  "no_rule",
  "all_buckets_refused",
]);

/** A secret that no longer works goes; one that works stays, since it can't be shown again. */
function refusedSecret(refusal: Refusal): Reply {
  return refused(WORTHLESS.has(refusal.code) ? "instead" : "beside", refusal);
}
