import type { Access, Endpoint, Format } from "../domain/permission";
import type { ChannelProblem } from "../domain/refusal";
import type { Secret } from "../domain/secret";
import type { Unavailable } from "./ports";

/** A secret on its way to its one reader. */
export type Delivery = {
  id: string;
  channelId: string;
  userId: string;
  keyName: string;
  accessKeyId: string;
  secret: Secret;
  endpoint: Endpoint;
  access: Access;
  format: Format;
  /** Whether its key is off until its owner says that they hold the secret. */
  isOff: boolean;
  /** Whether its key is kept from working, whatever its secret is. */
  isPaused: boolean;
  /** Whether the lease of its attempt still lasts. */
  isHeld: () => boolean;
  /** Asked before each try to post: whether nobody has taken the key away meanwhile. What can't be read is not wanted. */
  isWanted: () => Promise<boolean>;
};

/** Where a secret is to be shown: in the DM of the one who asked for it, beside the card of their request. */
export type DmPlace = {
  requestId: string;
  userId: string;
  /** The last secret that was to be shown there was not: Slack may refuse what only they would see. */
  isDoubtful: boolean;
};

/** What the verbs say to Slack themselves; everything else goes through the outbox. No method throws. */
export type MessengerPort = {
  /** The DM between the bot and somebody. */
  openDm(userId: string): Promise<{ kind: "opened"; channelId: string } | Unavailable>;
  /**
   * Sees that a secret can be shown, before there is one: the DM that Slack gives now is remembered, the card of the request
   * stands in it, drawn or posted at this moment, and where it is doubtful a line that only they see was taken.
   */
  readyDm(place: DmPlace): Promise<{ kind: "ready" } | { kind: "not_ready"; code: string } | Unavailable>;
  /**
   * One `chat.postEphemeral`. `posted` is Slack's ok, which is no proof that anybody saw it; `unclear` where Slack gave no clear
   * answer, and it may have appeared.
   */
  postSecret(delivery: Delivery): Promise<{ kind: "posted" } | { kind: "not_posted" | "unclear"; code: string }>;
  /** Whether the approvals channel may be posted to: the bot is in it, it is neither archived nor shared. */
  approvalsChannel(): Promise<{ kind: "fit" } | { kind: "unfit"; channel: ChannelProblem } | Unavailable>;
};
