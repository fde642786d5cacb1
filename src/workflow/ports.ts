import type { Endpoint } from "../domain/permission";
import type { Home, People, SlackUser } from "../domain/person";
import type { Policy } from "../domain/policy";
import type { Secret } from "../domain/secret";
import type { Sentence } from "../domain/sentence";
import type { Clock } from "./clock";
import type { StorePort } from "./store-port";
import type { TigrisPort } from "./tigris-port";

/** Everything that a verb needs from outside, passed in. */
export type Ports = {
  clock: Clock;
  ids: Ids;
  store: StorePort;
  people: PeoplePort;
  messenger: MessengerPort;
  tigris: TigrisPort;
  settings: Settings;
  log: Log;
  /** Says that messages or attempts may be due now, so that nobody waits for the worker's next round. */
  wake: () => void;
};

/** What never changes while the bot runs. */
export type Settings = {
  home: Home;
  policy: Policy;
  approvers: People;
  /** Null: every full member. */
  requesters: People | null;
  approvalsChannelId: string;
  /** The access key that the bot itself uses. */
  ownAccessKeyId: string;
  /** This process, in leases. */
  workerId: string;
};

export type Ids = {
  /** A new unique id. */
  unique(): string;
  /** A random integer from 0 to 255, from a source that cannot be guessed. */
  randomByte(): number;
};

/** Events, never payloads. */
export type Log = {
  info(fields: { event: string } & Record<string, unknown>): void;
  warn(fields: { event: string } & Record<string, unknown>): void;
  error(fields: { event: string } & Record<string, unknown>): void;
};

export type Unavailable = { kind: "unavailable"; reason: string };

/** Slack's own word on people, asked for afresh each time. */
export type PeoplePort = {
  /** `unavailable` also where Slack knows no such person. */
  user(userId: string): Promise<{ kind: "found"; user: SlackUser } | Unavailable>;
  groupMembers(groupId: string): Promise<{ kind: "listed"; userIds: string[] } | Unavailable>;
};

/** A secret on its way to its one reader. */
export type Delivery = {
  id: string;
  channelId: string;
  userId: string;
  keyName: string;
  accessKeyId: string;
  secret: Secret;
  endpoint: Endpoint;
  /** When the lease of the attempt runs out: from then on somebody else may have deleted or rotated the key. */
  postBefore: number;
};

export type MessengerPort = {
  /** The DM between the bot and somebody. */
  openDm(userId: string): Promise<{ kind: "opened"; channelId: string } | Unavailable>;
  /** One `chat.postEphemeral`. `posted` is Slack's ok, which is no proof that anybody saw it. */
  postSecret(delivery: Delivery): Promise<{ kind: "posted" } | { kind: "not_posted"; code: string }>;
  /** Whether the approvals channel may be posted to: the bot is in it, it is neither archived nor shared. */
  approvalsChannel(): Promise<{ kind: "fit" } | { kind: "unfit"; reason: Sentence } | Unavailable>;
};
