import { randomUUID } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { Config } from "./config";
import { isTrouble } from "./domain/event";
import { MAX_RETRY_AFTER_AT_START_MS, PAUSE_AT_START_MS, TRIES_AT_START } from "./domain/service-limits";
import type { EventLog } from "./log";
import type { OrganisationCheck } from "./organisation";
import { askIdentity, type Identity } from "./slack/clients/identity";
import { StartError } from "./start-error";
import { NewerDatabase, openStore, type StoreListeners } from "./store";
import { VERSION } from "./version";
import type { Clock } from "./workflow/clock";
import { errorCode } from "./workflow/error-code";
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

/** Every event that is recorded is logged too, once it is written; so is every row that can't be read. */
export function listenersOf(log: EventLog): StoreListeners {
  return {
    onEvent: (event) => {
      const { name, actorId: actor, requestId, accessKeyId, outcome } = event;
      log[isTrouble(event) ? "warn" : "info"]({ event: name, actor, requestId, accessKeyId, outcome });
    },
    onUnreadable: (row) => log.error({ event: "store.unreadable_row", row }),
  };
}

/** Opens the database, and sees that it can be written: one that a crash left behind opens on a full disk too. */
export async function openStoreOrFail(file: string, listeners: StoreListeners): Promise<StorePort> {
  const store = await openStore(file, listeners).catch((error: unknown) => {
    throw unusable(file, error);
  });
  try {
    await store.check();
    return store;
  } catch (error) {
    await store.close();
    throw unusable(file, error);
  }
}

/** What may pass without a change of the configuration: a full or failing disk, another process that holds the file. */
const MAY_PASS = /^(ENOSPC|EDQUOT|EIO|SQLITE_FULL|SQLITE_BUSY.*|SQLITE_IOERR.*)$/;

/** Data of a newer version (`EX_DATAERR` of `sysexits.h`): neither the configuration nor time mends it. */
const NEWER_DATABASE_EXIT = 65;

function unusable(file: string, error: unknown): StartError {
  if (error instanceof NewerDatabase)
    return new StartError(
      "newer_database",
      `The database ${file} was written by version ${error.writtenBy} of the bot, and this is version ${VERSION}, which ` +
        "can't read it. Start that version or a later one, or put back a copy of the database from before the update.",
      NEWER_DATABASE_EXIT,
    );
  const code = errorCode(error);
  return new StartError(
    "store_unusable",
    `The database ${file} can't be opened and written (${code}). ` +
      "Check that its folder exists and can be written, and that its disk has room; then start the bot again.",
    MAY_PASS.test(code) ? 1 : 78,
  );
}

/** Learns from Slack who the bot is, trying a few times. */
export async function identityOrFail(client: WebClient, clock: Clock): Promise<Identity> {
  for (let tries = 1; ; tries++) {
    const identity = await askIdentity(client);
    if (identity.kind === "known") return identity;
    if (WRONG_TOKEN.has(identity.code))
      throw new StartError(
        "slack_token",
        `Slack does not take SLACK_BOT_TOKEN (${identity.code}). Copy the Bot User OAuth Token of the installed app.`,
        78,
      );
    if (tries === TRIES_AT_START || (identity.retryAfterMs ?? 0) > MAX_RETRY_AFTER_AT_START_MS)
      throw new StartError("slack_unreachable", `Slack did not answer (${identity.code}). Try again.`, 1);
    await clock.wait(Math.max(identity.retryAfterMs ?? 0, PAUSE_AT_START_MS));
  }
}

/** Holds Slack's workspace against the one that the database was made for. */
export async function claimTeam(store: StorePort, teamId: string, at: number): Promise<void> {
  const remembered = await store.claim({ kind: "slack_team", value: teamId, at });
  if (remembered === teamId) return;
  throw new StartError(
    "other_team",
    `This database belongs to the Slack workspace ${remembered}, but SLACK_BOT_TOKEN is one of ${teamId}. ` +
      "Set DATABASE_URL to a database of its own, or use the right token.",
    78,
  );
}

/** Refuses to start for another organisation; one that can't be asked now is asked again before anything is made. */
export async function refuseOtherOrganisation(check: () => Promise<OrganisationCheck>): Promise<OrganisationCheck> {
  const checked = await check();
  if (checked.kind !== "other") return checked;
  throw new StartError(
    "other_organisation",
    "This database belongs to another Tigris organisation than the bot's own key (AWS_ACCESS_KEY_ID). " +
      "Set DATABASE_URL to a database of its own, or use the right key.",
    78,
  );
}

/** What the workflows go by, of what is configured. Each start holds leases under a name of its own. */
export function settingsOf(config: Config): Ports["settings"] {
  return {
    policy: config.policy,
    keepMs: config.keepMs,
    approvers: config.people.approvers,
    requesters: config.people.requesters,
    approvalsChannelId: config.people.approvalsChannel,
    ownAccessKeyId: config.tigris.accessKeyId,
    leaseHolder: randomUUID(),
  };
}
