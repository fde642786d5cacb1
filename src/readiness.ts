import { REMEMBER_SERVICES_MS, REMEMBER_STORE_MS } from "./domain/limits";
import type { ChannelProblem } from "./domain/refusal";
import type { OrganisationCheck } from "./organisation";
import type { Clock } from "./workflow/clock";
import type { MessengerPort } from "./workflow/messenger-port";
import type { StorePort } from "./workflow/store-port";

/**
 * Says why the bot can't do all of its work now, in plain words; nothing where it can.
 * @returns a function for `/readyz`; it never throws
 */
export function createReadiness(parts: {
  clock: Clock;
  store: Pick<StorePort, "check">;
  isConnected: () => boolean;
  approvalsChannel: MessengerPort["approvalsChannel"];
  /** Puts into words why it can't be posted to. */
  channelWords: (problem: ChannelProblem) => string;
  /** What is wrong with the user groups of `APPROVERS` and `REQUESTERS`. */
  groupProblems: () => Promise<{ reasons: string[]; warnings: string[] }>;
  organisation: () => Promise<OrganisationCheck | { kind: "refused"; reason: string }>;
}): () => Promise<string[]> {
  const { clock } = parts;
  let store: { at: number; reasons: Promise<string[]> } | null = null;
  let remembered: { at: number; reasons: Promise<string[]> } | null = null;

  function near(): Promise<string[]> {
    const at = clock.monotonicMs();
    if (store && at - store.at < REMEMBER_STORE_MS) return store.reasons;
    const reasons = parts.store.check().then(
      (): string[] => [],
      () => ["The database can't be written."],
    );
    store = { at, reasons };
    return reasons;
  }

  function far(): Promise<string[]> {
    const at = clock.monotonicMs();
    if (remembered && at - remembered.at < REMEMBER_SERVICES_MS) return remembered.reasons;
    const reasons = Promise.all([channelReason(), groupReasons(), organisationReason()]).then((all) => all.flat());
    remembered = { at, reasons };
    return reasons;
  }

  async function channelReason(): Promise<string[]> {
    const channel = await parts.approvalsChannel();
    if (channel.kind === "fit") return [];
    if (channel.kind === "unavailable") return [`Slack doesn't say how the approvals channel is (${channel.reason}).`];
    return [parts.channelWords(channel.channel)];
  }

  /** Nobody can be looked for in a group that can't be read; of one that is unknown only the log tells as yet. */
  async function groupReasons(): Promise<string[]> {
    return (await parts.groupProblems()).reasons;
  }

  async function organisationReason(): Promise<string[]> {
    const checked = await parts.organisation();
    if (checked.kind === "same") return [];
    if (checked.kind === "other") return ["The bot's Tigris key belongs to another organisation than its database."];
    if (checked.kind === "refused") return [`Tigris doesn't take the bot's own key now (${checked.reason}).`];
    return [`Tigris doesn't say which organisation the bot's key belongs to (${checked.reason}).`];
  }

  return async () => {
    const slack = parts.isConnected() ? [] : ["There is no connection to Slack."];
    const others = await far().catch(() => ["The organisation can't be held against the database."]);
    return [...(await near()), ...slack, ...others];
  };
}
