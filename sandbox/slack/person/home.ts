import { deliver } from "../delivery/deliver";
import { eventPayload } from "../delivery/event-payload";
import type { PersonData } from "../options";
import { viewObject } from "../web-api/views";
import type { Workspace } from "../workspace";
import { Refused } from "./refused";

export type HomeTab = "home" | "messages";

/**
 * Somebody opens the app, at one of its tabs. The app hears of it where its manifest asks for that.
 * @throws Refused where the app has no such tab
 */
export async function openHome(
  workspace: Workspace,
  person: PersonData,
  { tab = "home" }: { tab?: HomeTab },
): Promise<void> {
  const { features, settings } = workspace.app.manifest;
  const hasTab = tab === "home" ? workspace.hasHome : features?.app_home?.messages_tab_enabled !== false;
  if (!hasTab) throw new Refused(`the app has no tab ${tab}`);
  const channel = workspace.openDm(person.id).id;
  if (!settings?.event_subscriptions?.bot_events?.includes("app_home_opened")) return;
  const view = tab === "home" ? workspace.homes.get(person.id) : undefined;
  // An app that does not answer is told again by Slack, and the person hears nothing of that.
  await deliver(
    workspace,
    "event",
    eventPayload(workspace, {
      type: "app_home_opened",
      user: person.id,
      channel,
      event_ts: workspace.nextTs(),
      tab,
      ...(view ? { view: viewObject(workspace, view) } : {}),
    }),
  );
}
