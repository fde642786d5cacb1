import type { RequestListener } from "node:http";
import type { Receiver } from "@slack/bolt";

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
  /** Takes nothing new. Acknowledgements of what is under way still go out. */
  drain(): Promise<void>;
  close(): Promise<void>;
  /** What answers `/slack/events`; null where Slack is reached over a socket. */
  requestListener: RequestListener | null;
};
