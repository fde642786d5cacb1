import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { requestOfKey } from "../../workflow/list";
import { newSecret } from "../../workflow/rotate";
import { ACTIONS } from "../ids";
import { outcomeBeside, SHOWN } from "../interaction/answer";
import type { Listening } from "../interaction/listening";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";

/** The buttons of a key: on its card, and in a list. */
export function registerKey(app: App, listening: Listening): void {
  const { ports } = listening;
  onClick(app, listening, ACTIONS.newSecret, async (click) => {
    const outcome = await newSecret(ports, {
      actor: click.actor,
      accessKeyId: click.value,
      clickId: click.clickId,
    });
    await redrawKey(listening, click);
    return outcome.kind === "refused" ? outcomeBeside(outcome) : SHOWN;
  });
  onClick(app, listening, ACTIONS.deleteKey, async (click) => {
    const outcome = await deleteKey(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(listening, click);
    return outcomeBeside(outcome);
  });
  onClick(app, listening, ACTIONS.deleteListed, async (click) =>
    outcomeBeside(await deleteKey(ports, { actor: click.actor, accessKeyId: click.value })),
  );
}

async function redrawKey(listening: Listening, click: MessageClick): Promise<void> {
  await redraw(listening, click, "requester", () => requestOfKey(listening.ports, click.value));
}
