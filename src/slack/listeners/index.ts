import type { App } from "@slack/bolt";
import { registerApprovalsCard } from "./actions/approvals-card";
import { registerForms } from "./actions/forms";
import { registerHelp } from "./actions/help";
import { registerKey } from "./actions/key";
import { registerKeyList } from "./actions/key-list";
import { registerRequesterCard } from "./actions/requester-card";
import { registerSecret } from "./actions/secret";
import { registerTigrisKey } from "./commands/tigris-key";
import type { Listening } from "./listening";
import { registerSelects } from "./options/selects";
import { registerUnknown } from "./unknown";
import { registerCreate } from "./views/create";
import { registerDelete } from "./views/delete";
import { registerDeny } from "./views/deny";

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
