import type { WebClient } from "@slack/web-api";
import type { Actor } from "../../domain/person";
import type { Ports } from "../../workflow/ports";
import type { Responding } from "../clients/respond";
import type { Sentence } from "../words/sentence";
import type { NoteRefusal } from "./refusal-trace";

/** Shows in somebody's App Home what came of their click there. @param sentence null where they see it anyway */
export type AnswerInHome = (
  click: { actor: Actor; triggerId: string },
  answer: { sentence: Sentence | null; isRefusal: boolean },
) => Promise<void>;

/** Choices in one form: the newest, and the hash that the form got when the last one was drawn; null where none was. */
export type FormChoices = { newestClickId: string; drawnHash: string | null };

export type ListenerContext = Responding & {
  ports: Ports;
  /** The client for clicks: a person waits behind each of its calls. */
  client: WebClient;
  /** Every refusal passes here on its way to the one who reads it. */
  noteRefusal: NoteRefusal;
  /** The address of the workspace, with a slash at its end. */
  workspaceUrl: string;
  /** Answers clicks in App Homes. */
  answerInHome: AnswerInHome;
  /** By the form. Whichever is newest is drawn last; nothing else goes by it. */
  choices: Map<string, FormChoices>;
  /** Whether an address is one of Slack's, where replies may go. */
  mayRespond: (address: string) => boolean;
};
