import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { keepKey, keyToKeep } from "../../workflow/keep-key";
import { makeNewSecret, newSecretWay } from "../../workflow/new-secret";
import { pauseKey } from "../../workflow/pause-key";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import { onSubmit } from "../interaction/on-submit";
import { openForm } from "../interaction/open-form";
import { aboutId } from "../interaction/refusal-trace";
import { outcomeBeside, SHOWN } from "../interaction/reply";
import { openSecretForm } from "../secret-form/open";
import { TITLES } from "../words/labels";
import { keepForm, readKeepForm } from "./keep-form";

/** The buttons of what asks about old keys, each with the id of its key. The message is drawn again by the change itself. */
export function registerOldKeys(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.oldNewSecret, async (click) => {
    const { actor, value: accessKeyId, clickId } = click;
    if ((await newSecretWay(ports, { actor, accessKeyId })) === "by_asking")
      return openSecretForm(context, click, { kind: "secret", accessKeyId, reason: "" });
    const outcome = await makeNewSecret(ports, { actor, accessKeyId, clickId });
    return outcome.kind === "refused" ? outcomeBeside(outcome) : SHOWN;
  });
  onClick(app, context, ACTIONS.oldKeep, (click) =>
    openForm(context, click, TITLES.keep, async () => {
      const found = await keyToKeep(ports, { actor: click.actor, accessKeyId: click.value });
      if (found.kind === "refused") return found;
      return keepForm(found.key, ports.clock.now() + (ports.settings.limits.rotateAfterMs ?? 0));
    }),
  );
  onClick(app, context, ACTIONS.oldPause, async ({ actor, value: accessKeyId }) =>
    outcomeBeside(await pauseKey(ports, { actor, accessKeyId })),
  );
  onClick(app, context, ACTIONS.oldDelete, async ({ actor, value: accessKeyId }) =>
    outcomeBeside(await deleteKey(ports, { actor, accessKeyId })),
  );
  const form = { callbackId: CALLBACKS.keep, title: TITLES.keep, working: "Noting your reason…" };
  onSubmit(app, context, form, {
    read: readKeepForm,
    verb: ({ actor }, { accessKeyId, reason }) => keepKey(ports, { actor, accessKeyId, reason }),
    about: ({ accessKeyId }) => aboutId("accessKeyId", accessKeyId),
  });
}
