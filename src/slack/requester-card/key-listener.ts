import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { extendKey, extensionWay } from "../../workflow/extend-key";
import { requestOfKey } from "../../workflow/list";
import { makeNewSecret, newSecretWay } from "../../workflow/new-secret";
import { pauseKey } from "../../workflow/pause-key";
import { resumeKey, resumeWay } from "../../workflow/resume-key";
import { keepBoth, switchOver } from "../../workflow/switch-over";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type MessageClick, onClick, redraw } from "../interaction/on-click";
import { outcomeBeside, SHOWN } from "../interaction/reply";
import { openRotateForm } from "../rotate-form/open";
import { openSecretForm } from "../secret-form/open";

/** The buttons of the requester's card once its key exists. */
export function registerKeyCard(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.newSecret, async (click) => {
    if ((await newSecretWay(ports, { actor: click.actor, accessKeyId: click.value })) === "by_asking")
      return openSecretForm(context, click, { kind: "secret", accessKeyId: click.value, reason: "" });
    const outcome = await makeNewSecret(ports, {
      actor: click.actor,
      accessKeyId: click.value,
      clickId: click.clickId,
    });
    await redrawKey(context, click);
    return outcome.kind === "refused" ? outcomeBeside(outcome) : SHOWN;
  });
  onClick(app, context, ACTIONS.pauseKey, async (click) => {
    const outcome = await pauseKey(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.resumeKey, async (click) => {
    const { actor, value: accessKeyId, clickId } = click;
    if ((await resumeWay(ports, { actor, accessKeyId })) === "by_asking")
      return openSecretForm(context, click, { kind: "resume", accessKeyId, reason: "" });
    const outcome = await resumeKey(ports, { actor, accessKeyId, clickId });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.extendKey, async (click) => {
    const { actor, value: accessKeyId, clickId } = click;
    if ((await extensionWay(ports, { actor, accessKeyId })) === "by_asking")
      return openSecretForm(context, click, { kind: "extend", accessKeyId, reason: "" });
    const outcome = await extendKey(ports, { actor, accessKeyId, clickId });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.rotateKey, (click) =>
    openRotateForm(context, click, { kind: "key", accessKeyId: click.value }),
  );
  onClick(app, context, ACTIONS.switchedOver, async (click) => {
    const outcome = await switchOver(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.keepBoth, async (click) => {
    const outcome = await keepBoth(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
  onClick(app, context, ACTIONS.deleteKey, async (click) => {
    const outcome = await deleteKey(ports, { actor: click.actor, accessKeyId: click.value });
    await redrawKey(context, click);
    return outcomeBeside(outcome);
  });
}

async function redrawKey(context: ListenerContext, click: MessageClick): Promise<void> {
  await redraw(context, click, "requester", () => requestOfKey(context.ports, click.value));
}
