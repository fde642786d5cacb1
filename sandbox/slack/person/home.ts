import { randomBytes } from "node:crypto";
import { deliver } from "../delivery/deliver";
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

/** An event in the envelope of the Events API. */
function eventPayload(workspace: Workspace, event: Record<string, unknown>): Record<string, unknown> {
  const { app, team } = workspace;
  const enterprise = team.enterpriseId ?? null;
  return {
    token: "deprecated",
    team_id: team.id,
    ...(enterprise ? { enterprise_id: enterprise } : {}),
    context_team_id: team.id,
    context_enterprise_id: enterprise,
    api_app_id: app.id,
    event,
    type: "event_callback",
    event_id: `Ev${randomBytes(5).toString("hex").toUpperCase()}`,
    event_time: Math.floor(workspace.now() / 1_000),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
