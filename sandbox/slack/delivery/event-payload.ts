import { randomBytes } from "node:crypto";
import type { Workspace } from "../workspace";

/** An event in the envelope of the Events API. */
export function eventPayload(workspace: Workspace, event: Record<string, unknown>): Record<string, unknown> {
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
