import type { App } from "@slack/bolt";
import { registerAccessForm } from "./access-form/listener";
import { registerAppHome } from "./app-home/listener";
import { registerApprovalsCard } from "./approvals-card/listener";
import { registerApproveForm } from "./approve-form/listener";
import { registerBreakGlass } from "./break-glass/listener";
import { registerCommand } from "./command/listener";
import { registerCreateForm } from "./create-form/listener";
import { registerDeleteForm } from "./delete-form/listener";
import { registerDenyForm } from "./deny-form/listener";
import { registerHelp } from "./help/listener";
import type { ListenerContext } from "./interaction/listener-context";
import { registerUnknown } from "./interaction/unknown";
import { registerKeyList } from "./key-list/listener";
import { registerLeakReport } from "./leak-report/listener";
import { registerLeaverCard } from "./leaver-card/listener";
import { registerMadeKeys } from "./made-keys/listener";
import { registerOldKeys } from "./old-keys/listener";
import { readMenu } from "./payloads/click";
import { registerKeyCard } from "./requester-card/key-listener";
import { registerRequesterCard } from "./requester-card/listener";
import { registerRotateForm } from "./rotate-form/listener";
import { registerSecret } from "./secret/listener";
import { registerSecretForm } from "./secret-form/listener";
import { registerTakeoverForm } from "./takeover-form/listener";
import { registerUserChange } from "./user-change/listener";

/** Registers all that the bot listens to. Everything has an id of its own: a pattern would also match what others listen to. */
export function registerListeners(app: App, context: ListenerContext): void {
  app.use(async ({ body, next }) => {
    if ("actions" in body && Array.isArray(body.actions)) for (const action of body.actions) readMenu(action);
    await next();
  });
  registerCommand(app, context);
  registerRequesterCard(app, context);
  registerApprovalsCard(app, context);
  registerKeyCard(app, context);
  registerSecret(app, context);
  registerKeyList(app, context);
  registerHelp(app, context);
  registerCreateForm(app, context);
  registerAccessForm(app, context);
  registerBreakGlass(app, context);
  registerApproveForm(app, context);
  registerDenyForm(app, context);
  registerDeleteForm(app, context);
  registerSecretForm(app, context);
  registerRotateForm(app, context);
  registerMadeKeys(app, context);
  registerOldKeys(app, context);
  registerAppHome(app, context);
  registerLeakReport(app, context);
  registerLeaverCard(app, context);
  registerTakeoverForm(app, context);
  registerUserChange(app, context);
  registerUnknown(app, context);
}
