import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { ownerOfKey, type Whose } from "../../workflow/list";
import type { KeyQuery } from "../../workflow/store-port";
import { ACTIONS, PAGING } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick } from "../interaction/on-click";
import { outcomeBeside } from "../interaction/reply";
import { replyWithKeys } from "./pages";

/** The buttons of a list. Those that turn its pages hold the id of the key from which the page goes on. */
export function registerKeyList(app: App, context: ListenerContext): void {
  for (const kind of ["own", "all", "person"] as const)
    for (const side of ["older", "newer"] as const)
      onClick(app, context, PAGING[kind][side], (click) => turn(context, click, kind, side));
  onClick(app, context, ACTIONS.deleteListed, async ({ actor, value }) =>
    outcomeBeside(await deleteKey(context.ports, { actor, accessKeyId: value })),
  );
}

async function turn(
  context: ListenerContext,
  click: MessageClick,
  kind: Whose["kind"],
  side: NonNullable<KeyQuery["from"]>["side"],
) {
  const whose: Whose = kind === "person" ? { kind, userId: await ownerOfKey(context.ports, click.value) } : { kind };
  return replyWithKeys(context, { actor: click.actor, whose, from: { side, accessKeyId: click.value } });
}
