import { deliver } from "../delivery/deliver";
import { eventPayload } from "../delivery/event-payload";
import type { PersonData } from "../options";
import { userObject } from "../web-api/people";
import type { Workspace } from "../workspace";

/** Changes what Slack says of somebody. @param isTold false where the app does not hear of it */
export function changePerson(
  workspace: Workspace,
  person: PersonData,
  changes: Partial<PersonData>,
  isTold = true,
): void {
  Object.assign(person, changes);
  workspace.changed({ kind: "directory" });
  if (isTold) void tellOfChange(workspace, person);
}

/** The app hears that something about somebody has changed, with all that Slack says of them (`user_change`). */
async function tellOfChange(workspace: Workspace, person: PersonData): Promise<void> {
  if (!workspace.app.manifest.settings?.event_subscriptions?.bot_events?.includes("user_change")) return;
  const event = {
    type: "user_change",
    user: userObject(workspace, person),
    cache_ts: Math.floor(workspace.now() / 1_000),
    event_ts: workspace.nextTs(),
  };
  // An app that is not there hears nothing of it.
  await deliver(workspace, "event", eventPayload(workspace, event)).catch(() => undefined);
}
