import type { App } from "@slack/bolt";
import { ownerOfKey, type Whose } from "../../workflow/list";
import type { KeyQuery } from "../../workflow/store-port";
import { PAGING } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick } from "../interaction/on-click";
import { replyWithKeys } from "./pages";

/** The buttons that turn the pages of a list. They hold the id of the key from which the page goes on. */
export function registerKeyList(app: App, context: ListenerContext): void {
  for (const kind of ["own", "all", "person"] as const)
    for (const side of ["older", "newer"] as const)
      onClick(app, context, PAGING[kind][side], (click) => turn(context, click, kind, side));
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
