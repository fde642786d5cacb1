import { randomUUID } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { Config } from "./config";
import { handoutOf } from "./domain/permission";
import { MAX_RETRY_AFTER_AT_START_MS, PAUSE_AT_START_MS, TRIES_AT_START } from "./domain/service-limits";
import type { OrganizationCheck } from "./organization";
import { askIdentity, type Identity } from "./slack/clients/identity";
import { EXIT, StartError, Stopped } from "./start-error";
import type { Clock } from "./workflow/clock";
import type { Ports } from "./workflow/ports";
import type { StorePort } from "./workflow/store-port";

/** Errors of Slack's that mean that the token is wrong, not that Slack is busy (`auth.test`). */
const WRONG_TOKEN = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "not_allowed_token_type",
  "not_a_bot_token",
]);

/** Learns from Slack who the bot is, trying a few times. @param signal ends the tries */
export async function identityOrFail(client: WebClient, clock: Clock, signal: AbortSignal): Promise<Identity> {
  for (let tries = 1; ; tries++) {
    const identity = await askIdentity(client);
    if (identity.kind === "known") return identity;
    if (WRONG_TOKEN.has(identity.code))
      throw new StartError(
        "slack_token",
        `Slack does not take SLACK_BOT_TOKEN (${identity.code}). Copy the Bot User OAuth Token of the installed app.`,
        EXIT.config,
      );
    if (tries === TRIES_AT_START || (identity.retryAfterMs ?? 0) > MAX_RETRY_AFTER_AT_START_MS)
      throw new StartError(
        "slack_unreachable",
        `Slack did not answer (${identity.code}). Check that this machine can reach it, through HTTPS_PROXY where it has ` +
          "to, and start the bot again.",
        1,
      );
    await clock.wait(Math.max(identity.retryAfterMs ?? 0, PAUSE_AT_START_MS), signal);
    if (signal.aborted) throw new Stopped();
  }
}

/** Holds Slack's workspace against the one that the database was made for. */
export async function claimTeam(store: StorePort, teamId: string): Promise<void> {
  const remembered = await store.claim({ kind: "slack_team", value: teamId });
  if (remembered === teamId) return;
  throw new StartError(
    "other_team",
    `This database belongs to the Slack workspace ${remembered}, but SLACK_BOT_TOKEN is one of ${teamId}. ` +
      "Set DATABASE_URL to a database of its own, or use the right token.",
    EXIT.config,
  );
}

/** Refuses to start for another organization; one that can't be asked now is asked again before anything is made. */
export async function refuseOtherOrganization(check: () => Promise<OrganizationCheck>): Promise<OrganizationCheck> {
  const checked = await check();
  if (checked.kind !== "other") return checked;
  throw new StartError(
    "other_organization",
    "This database belongs to another Tigris organization than the bot's own key (AWS_ACCESS_KEY_ID). " +
      "Set DATABASE_URL to a database of its own, or use the right key.",
    EXIT.config,
  );
}

/** What the workflows go by, of what is configured. Each start holds leases under a name of its own. */
export function settingsOf(config: Config): Ports["settings"] {
  return {
    limits: config.limits,
    keepMs: config.keepMs,
    approvers: config.people.approvers,
    approvalsChannelId: config.people.approvalsChannel,
    handout: handoutOf({ s3: config.tigris.s3Endpoint, iam: config.tigris.iamEndpoint, region: config.tigris.region }),
    ownAccessKeyId: config.tigris.accessKeyId,
    leaseHolder: randomUUID(),
  };
}
