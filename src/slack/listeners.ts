import type { App } from "@slack/bolt";
import { registerApprovalsCard } from "./approvals-card/listener";
import { registerTigrisKey } from "./command/listener";
import { registerCreate } from "./create-form/listener";
import { registerDelete } from "./delete-form/listener";
import { registerDeny } from "./deny-form/listener";
import { registerHelp } from "./help/listener";
import type { Listening } from "./interaction/listening";
import { registerForms } from "./interaction/on-choice";
import { registerSelects } from "./interaction/on-search";
import { registerUnknown } from "./interaction/unknown";
import { registerKeyList } from "./key-list/listener";
import { registerKey } from "./requester-card/key-listener";
import { registerRequesterCard } from "./requester-card/listener";
import { registerSecret } from "./secret/listener";

/** Registers all that the bot listens to. Everything has an id of its own: a pattern would answer what others answer too. */
export function registerListeners(app: App, listening: Listening): void {
  registerTigrisKey(app, listening);
  registerRequesterCard(app, listening);
  registerApprovalsCard(app, listening);
  registerKey(app, listening);
  registerSecret(app, listening);
  registerKeyList(app, listening);
  registerHelp(app, listening);
  registerForms(app, listening);
  registerSelects(app, listening);
  registerCreate(app, listening);
  registerDeny(app, listening);
  registerDelete(app, listening);
  registerUnknown(app, listening);
}
