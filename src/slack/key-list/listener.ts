import type { App } from "@slack/bolt";
import { ownerOfKey, type Whose } from "../../workflow/list";
import type { KeyQuery } from "../../workflow/store-port";
import { PAGING } from "../ids";
import type { Listening } from "../interaction/listening";
import { type MessageClick, onClick } from "../interaction/on-click";
import { answerWithKeys } from "./pages";

/** The buttons that turn the pages of a list. They hold the id of the key from which the page goes on. */
export function registerKeyList(app: App, listening: Listening): void {
  for (const kind of ["own", "all", "person"] as const)
    for (const side of ["older", "newer"] as const)
      onClick(app, listening, PAGING[kind][side], (click) => turn(listening, click, kind, side));
}

async function turn(
  listening: Listening,
  click: MessageClick,
  kind: Whose["kind"],
  side: NonNullable<KeyQuery["from"]>["side"],
) {
  const whose: Whose = kind === "person" ? { kind, userId: await ownerOfKey(listening.ports, click.value) } : { kind };
  return answerWithKeys(listening, { actor: click.actor, whose, from: { side, accessKeyId: click.value } });
}
