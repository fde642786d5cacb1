import type { ChannelProblem } from "./domain/refusal";
import { REMEMBER_SERVICES_MS, REMEMBER_STORE_MS } from "./domain/service-limits";
import { type LiveOrganization, organizationWarning } from "./organization";
import { serverReason } from "./postgres-trouble";
import { readinessReason } from "./store-trouble";
import type { Clock } from "./workflow/clock";
import { errorCode } from "./workflow/error-code";
import type { MessengerPort } from "./workflow/messenger-port";
import type { Log } from "./workflow/ports";
import { StoreUnavailable } from "./workflow/store-errors";
import type { StorePort } from "./workflow/store-port";

/** What a check has found, in plain words: `reasons` why something can't be done now, `warnings` of what is odd though all works. */
export type Finding = { reasons?: readonly string[]; warnings?: readonly string[] };

/** One thing that readiness looks at. */
export type Check = {
  look: () => Finding | Promise<Finding>;
  /** How long its finding holds, in milliseconds; 0 where each look costs nothing. */
  rememberMs: number;
  /** The reason that is given where the look itself fails. */
  failed: string;
  /** Whether it is looked at when the bot starts too, since it may warn; what else is wrong then, `/readyz` says. */
  atStart?: boolean;
};

/** How the bot is: nothing in `reasons` where it can do all of its work. */
export type Readiness = { reasons: string[]; warnings: string[] };

/**
 * Says how the bot is, by all checks together. A warning is logged when it is first seen, and again when it comes back.
 * @returns `now` for `/readyz`, and `atStart`, which logs what there is to warn of; neither throws
 */
export function createReadiness(parts: {
  clock: Clock;
  log: Pick<Log, "warn">;
  checks: Readonly<Record<string, Check>>;
}): { now: () => Promise<Readiness>; atStart: () => Promise<void> } {
  const looks = Object.entries(parts.checks).map(([name, check]) => {
    const found = remembering(parts.clock, check);
    let told: readonly string[] = [];
    const look = async (): Promise<Finding> => {
      const finding = await found();
      const { warnings = [] } = finding;
      for (const warning of warnings)
        if (!told.includes(warning)) parts.log.warn({ event: "readiness.warning", check: name, warning });
      told = warnings;
      return finding;
    };
    return { look, atStart: check.atStart ?? false };
  });
  return {
    now: async () => {
      const findings = await Promise.all(looks.map(({ look }) => look()));
      return {
        reasons: findings.flatMap(({ reasons = [] }) => reasons),
        warnings: findings.flatMap(({ warnings = [] }) => warnings),
      };
    },
    atStart: async () => {
      await Promise.all(looks.map(({ look, atStart }) => atStart && look()));
    },
  };
}

function remembering(clock: Clock, { look, rememberMs, failed }: Check): () => Promise<Finding> {
  let last: { at: number; found: Promise<Finding> } | null = null;
  return () => {
    const at = clock.monotonicMs();
    if (last && at - last.at < rememberMs) return last.found;
    const found = Promise.resolve()
      .then(look)
      .catch((): Finding => ({ reasons: [failed] }));
    last = { at, found };
    return found;
  };
}

/** Everything that is looked at, by its name in the log. Whatever else there is to look at is one more entry. */
export function readinessChecks(parts: {
  store: Pick<StorePort, "check"> & { outbox: Pick<StorePort["outbox"], "approvalsFailure"> };
  isConnected: () => boolean;
  /** How many connections Slack counts, where others than this bot's are among them; else null. */
  otherConnections: () => { counted: number; own: number } | null;
  approvalsChannel: MessengerPort["approvalsChannel"];
  /** Puts into words why it can't be posted to. */
  channelWords: (problem: ChannelProblem) => string;
  /** Where the clocks of Slack and Tigris differ from this machine's. */
  clockWarnings: () => (string | null)[];
  /** What is wrong with the user groups of `APPROVERS`, and of the policy in force. */
  groupProblems: () => Promise<Finding>;
  organization: () => Promise<LiveOrganization>;
  /** Whether the policy in force can be read, and is the one in this process's file. */
  policy: () => Promise<Finding>;
}): Record<string, Check> {
  const { store, isConnected, organization } = parts;
  const near = (look: Check["look"], failed: string): Check => ({ look, failed, rememberMs: REMEMBER_STORE_MS });
  const far = (look: Check["look"], failed: string): Check => ({ look, failed, rememberMs: REMEMBER_SERVICES_MS });
  return {
    database: near(() => databaseFinding(store), "The database can't be written."),
    connection: {
      look: () => because(isConnected() ? null : NOT_CONNECTED),
      failed: "Nobody can say whether there is a connection to Slack.",
      rememberMs: 0,
    },
    other_bots: {
      look: () => otherBots(parts.otherConnections()),
      failed: "Nobody can say whether another bot is connected.",
      rememberMs: 0,
      atStart: true,
    },
    approvals_channel: far(
      async () => because(channelReason(await parts.approvalsChannel(), parts.channelWords)),
      "Nobody can say how the approvals channel is.",
    ),
    approvals_posts: near(
      async () => because(postsReason(await store.outbox.approvalsFailure())),
      "The database doesn't say whether the approvals channel takes posts.",
    ),
    clocks: {
      look: () => warningsOf(...parts.clockWarnings()),
      failed: "Nobody can say whether this machine's clock is right.",
      rememberMs: 0,
      atStart: true,
    },
    groups: {
      ...far(() => parts.groupProblems(), "Nobody can say whether the user groups can be read."),
      atStart: true,
    },
    policy: {
      ...near(parts.policy, "The database doesn't say which policy is in force."),
      atStart: true,
    },
    organization: far(async () => {
      const checked = await organization();
      return { ...because(organizationReason(checked)), ...warningsOf(organizationWarning(checked)) };
    }, "The organization can't be held against the database."),
  };
}

const NOT_CONNECTED =
  "There is no connection to Slack. The bot goes on trying; the log says why not (transport.not_connected).";

async function databaseFinding(store: Pick<StorePort, "check">): Promise<Finding> {
  try {
    await store.check();
    return {};
  } catch (error) {
    // A server that is away may say why.
    const said = error instanceof StoreUnavailable ? serverReason(errorCode(error.cause)) : undefined;
    return because(said ?? serverReason(errorCode(error)) ?? readinessReason(errorCode(error)));
  }
}

function warningsOf(...warnings: (string | null)[]): Finding {
  return { warnings: warnings.filter((warning) => warning !== null) };
}

function because(reason: string | null): Finding {
  return reason === null ? {} : { reasons: [reason] };
}

/** Slack sends each payload over any one of the connections: what another bot gets, this one never hears of. */
function otherBots(others: { counted: number; own: number } | null): Finding {
  if (others === null) return {};
  const { counted, own } = others;
  const warning =
    `Another bot is connected with this app's token: Slack counts ${counted} connections, and ${own} are this bot's. ` +
    "Each click reaches only one of the bots, which does not know it if it has another database. " +
    "Stop the other bot, or give it a Slack app of its own. While one bot takes over from another, this passes.";
  return { warnings: [warning] };
}

function channelReason(
  state: Awaited<ReturnType<MessengerPort["approvalsChannel"]>>,
  channelWords: (problem: ChannelProblem) => string,
): string | null {
  if (state.kind === "fit") return null;
  if (state.kind === "unavailable")
    return `Slack doesn't say how the approvals channel is (${state.reason}). The bot goes on asking.`;
  return channelWords(state.channel);
}

/** Slack doesn't show beforehand who may post: only a post that it refuses tells. */
function postsReason(slackCode: string | null): string | null {
  if (slackCode === null) return null;
  return `The approvals channel takes no posts (${slackCode}), so requests wait unread. Let the bot post there; it goes on trying.`;
}

function organizationReason(checked: LiveOrganization): string | null {
  if (checked.kind === "same") return null;
  if (checked.kind === "other")
    return (
      "The bot's Tigris key belongs to another organization than its database, so no key is made. Use the right key " +
      "(AWS_ACCESS_KEY_ID), or a database of its own (DATABASE_URL)."
    );
  if (checked.kind === "refused")
    return (
      `Tigris doesn't take the bot's own key now (${checked.reason}). Look at it in the Tigris Dashboard, and whether Tigris ` +
      "can be reached from here."
    );
  return (
    `Tigris doesn't say which organization the bot's key belongs to (${checked.reason}), so no key is made. The bot goes on ` +
    "asking."
  );
}
