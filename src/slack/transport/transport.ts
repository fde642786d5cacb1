import type { RequestListener } from "node:http";
import type { Receiver } from "@slack/bolt";
import type { Counted } from "./head-count";

/** The way in which Slack's payloads come in, and their acknowledgements go out. */
export type Transport = {
  /** For Bolt's App. */
  receiver: Receiver;
  /**
   * Begins to take payloads.
   * @throws StartError where Slack does not take the credentials, or does not answer
   */
  start(): Promise<void>;
  isConnected(): boolean;
  /** How many connections there are with this app's token, where some of them are not this bot's; else null. */
  otherConnections(): Counted | null;
  /** The most connections that Slack may count for this process; 0 over HTTP. */
  connections(): number;
  /** Takes nothing new. Acknowledgements of what is under way still go out. */
  drain(): Promise<void>;
  close(): Promise<void>;
  /** What answers `/slack/events`; null where Slack is reached over a socket. */
  requestListener: RequestListener | null;
};
