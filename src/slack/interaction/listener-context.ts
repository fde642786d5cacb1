import type { WebClient } from "@slack/web-api";
import type { Ports } from "../../workflow/ports";
import type { NoteRefusal } from "./refusal-trace";

export type ListenerContext = {
  ports: Ports;
  /** The client for clicks: a person waits behind each of its calls. */
  client: WebClient;
  /** Every refusal passes here on its way to the one who reads it. */
  noteRefusal: NoteRefusal;
  /** The address of the workspace, with a slash at its end. */
  workspaceUrl: string;
  /** The time limit of a reply through a `response_url`, in milliseconds. */
  respondMs: number;
  /** Whether an address is one of Slack's, where replies may go. */
  mayRespond: (address: string) => boolean;
};
