import type { App } from "@slack/bolt";
import { pauseKey } from "../../workflow/pause-key";
import { resumeKey, resumeWay } from "../../workflow/resume-key";
import { emptyDraft } from "../create-form/draft";
import { openCreateForm } from "../create-form/open";
import { openDeleteForm } from "../delete-form/open";
import { ACTIONS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick } from "../interaction/on-click";
import type { Deed } from "../interaction/refusal-trace";
import { outcomeBeside, senderOf } from "../interaction/reply";
import { withFallback } from "../interaction/with-fallback";
import { openDetails } from "../key-details/open";
import { openRotateForm } from "../rotate-form/open";
import { openSecretForm } from "../secret-form/open";
import { drawHome } from "./draw";
import { noteClosed, registerLooks } from "./looks";
import { openNewSecret } from "./new-secret";
import { readOpened } from "./opened";

/** Somebody's App Home: its opening, what they look at in it, and the menus of its rows. */
export function registerAppHome(app: App, context: ListenerContext): void {
  const { ports, client, workspaceUrl } = context;
  app.event("app_home_opened", async ({ body }) => {
    const opened = readOpened(body);
    const deed: Deed = { actor: senderOf(body).userId, verb: "home_opened", about: {} };
    if (opened.kind === "malformed") return context.noteRefusal(deed, "malformed");
    if (!opened.isHomeTab) return;
    const { actor, eventId } = opened;
    const draw = async () => {
      if (!(await ports.store.appHomes.opened(actor.userId, eventId))) return;
      const drawn = await drawHome({ ...ports, client, workspaceUrl }, { userId: actor.userId, actor });
      noteClosed(context, deed, drawn);
      if (drawn.kind === "failed") ports.log.warn({ event: "app_home.not_drawn", code: drawn.code });
    };
    await withFallback(context, "app_home_opened", draw, () => undefined);
  });
  registerLooks(app, context);
  onClick(app, context, ACTIONS.homeCreate, (click) => openCreateForm(context, click, async () => emptyDraft("")));
  onClick(app, context, ACTIONS.homeNewSecret, (click) => openNewSecret(context, click));
  onClick(app, context, ACTIONS.homeRotate, (click) =>
    openRotateForm(context, click, { kind: "key", accessKeyId: click.value }),
  );
  onClick(app, context, ACTIONS.homeDetails, (click) => openDetails(context, click, click.value));
  onClick(app, context, ACTIONS.homeDelete, (click) =>
    openDeleteForm(context, click, { kind: "key", accessKeyId: click.value, from: { kind: "home" } }),
  );
  onClick(app, context, ACTIONS.homePause, async ({ actor, value }) =>
    outcomeBeside(await pauseKey(ports, { actor, accessKeyId: value })),
  );
  onClick(app, context, ACTIONS.homeResume, async (click) => {
    const { actor, value: accessKeyId, clickId } = click;
    if ((await resumeWay(ports, { actor, accessKeyId })) === "by_asking")
      return openSecretForm(context, click, { kind: "resume", accessKeyId, reason: "" });
    return outcomeBeside(await resumeKey(ports, { actor, accessKeyId, clickId }));
  });
}
