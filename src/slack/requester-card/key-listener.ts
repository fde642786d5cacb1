import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { requestOfKey } from "../../workflow/list";
import { newSecret } from "../../workflow/rotate";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";
import { outcomeBeside, SHOWN } from "../interaction/reply";

/** The buttons of a key: on its card, and in a list. */
export function registerKey(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.newSecret, async (click) => {
    const outcome = await newSecret(ports, {
      actor: click.actor,
      accessKeyId: click.value,
      clickId: click.clickId,
    });
    await redrawKey(context, click);
    return outcome.kind === "refused" ? outcomeBeside(outcome) : SHOWN;
  });
  onClick(app, context, ACTIONS.deleteKey, async (click) => {
    const outcome = await deleteKey(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.deleteListed, async (click) =>
    outcomeBeside(await deleteKey(ports, { actor: click.actor, accessKeyId: click.value })),
  );
}

async function redrawKey(context: ListenerContext, click: MessageClick): Promise<void> {
  await redraw(context, click, "requester", () => requestOfKey(context.ports, click.value));
}
