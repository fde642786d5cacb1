import type { WebClient } from "@slack/web-api";
import type { Home } from "../../domain/person";
import { type CallFailure, called } from "./call";

/** Who the bot is in which workspace. `workspaceUrl` ends with a slash. */
export type Identity = { kind: "known"; home: Home; botId: string; botUserId: string; workspaceUrl: string };

/** Asks Slack whose token this is (`auth.test`). */
export async function askIdentity(client: WebClient): Promise<Identity | CallFailure> {
  const response = await called(client.auth.test());
  if (response.kind === "failed") return response;
  const { team_id: teamId, enterprise_id: enterpriseId, bot_id: botId, user_id: botUserId, url } = response.result;
  if (!teamId || !botId || !botUserId || !url) return { kind: "failed", code: "not_a_bot_token", retryAfterMs: null };
  return { kind: "known", home: { teamId, enterpriseId: enterpriseId ?? null }, botId, botUserId, workspaceUrl: url };
}
