import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { tell } from "../../workflow/change";
import type { OutboxMessage } from "../../workflow/outbox-message";
import type { Done, Outcome } from "../../workflow/outcome";
import { type Message, sentenceMessage } from "../blocks/message";
import { type ResponseMessage, respond } from "../clients/respond";
import { actorOf } from "../payloads/actor";
import { responseUrlOf } from "../payloads/click";
import { COMMAND } from "../words/command";
import { outcomeWords } from "../words/outcomes";
import { refusalWords } from "../words/refusals";
import { code, type Sentence } from "../words/sentence";
import type { ListenerContext } from "./listener-context";

/** What a person gets for a command or a click on a message. */
export type Reply =
  | { kind: "sentence"; how: "beside" | "instead"; sentence: Sentence }
  | { kind: "refused"; how: "beside" | "instead"; refusal: Refusal }
  /** `done` is what it shows of a deed, for the DM where Slack doesn't take it. */
  | { kind: "message"; how: "beside" | "instead"; message: Message; done?: Done }
  | { kind: "remove" }
  /** They see it elsewhere: a form has opened, a secret has appeared. */
  | { kind: "shown" };

export const SHOWN: Reply = { kind: "shown" };

export const MALFORMED: Sentence = [
  "I couldn't read what Slack sent me. Nothing was changed; please try again from ",
  code(COMMAND),
  ".",
];

/** For the DM, where Slack took a message for its place no more. */
export const NOT_SHOWN: Sentence = [
  "Slack didn't show you what you asked for. Please type it again: ",
  code(COMMAND),
  " works here too.",
];

export function beside(...sentence: Sentence): Reply {
  return { kind: "sentence", how: "beside", sentence };
}

/** What a verb has done, in place of the message that was clicked. */
export function doneInstead(done: Done): Reply {
  return { kind: "sentence", how: "instead", sentence: outcomeWords(done) };
}

/** The outcome of a verb, said beside the message that was clicked. */
export function outcomeBeside(outcome: Outcome): Reply {
  return outcome.kind === "refused" ? refused("beside", outcome) : beside(...outcomeWords(outcome));
}

/** A no. Whoever replies with it leaves its trace. */
export function refused(how: "beside" | "instead", refusal: Refusal): Reply {
  return { kind: "refused", how, refusal };
}

/** Whom a reply is for, as far as the payload says, and where Slack takes it: the payload's `response_url`. */
export type Sender = { userId: string | null; responseUrl: string | null };

/** As much of a sender as can be read from a payload that can't be read otherwise. */
export function senderOf(payload: unknown): Sender {
  return { userId: actorOf(payload)?.userId ?? null, responseUrl: responseUrlOf(payload) };
}

/** Replies to somebody, and to them alone. */
export async function reply(context: ListenerContext, to: Sender, given: Reply): Promise<void> {
  const message = responseMessageOf(given);
  if (!message) return;
  const address = to.responseUrl !== null && context.mayRespond(to.responseUrl) ? to.responseUrl : null;
  if (address !== null && (await respond(address, message, context))) return;
  context.ports.log.warn({ event: "answer.not_taken", actor: to.userId });
  const sentence = sentenceInDm(given);
  if (sentence !== null && to.userId !== null) await tell(context.ports, noticeOf(to.userId, sentence));
}

/** Replies to a click in somebody's App Home, where no reply can be posted. */
export async function replyInHome(
  { answerInHome }: ListenerContext,
  click: { actor: Actor; triggerId: string },
  given: Reply,
): Promise<void> {
  // What opens stands before the Home, which is as it was.
  if (given.kind === "shown") return;
  await answerInHome(click, { sentence: sentenceInDm(given), isRefusal: given.kind === "refused" });
}

/** A sentence for somebody's DM, where the place of their click takes no reply any more. */
export function noticeOf(userId: string, sentence: Sentence): OutboxMessage {
  return { kind: "notice", userId, notice: { code: "written", about: { sentence } } };
}

/** What stands in the DM for a reply that Slack didn't take at its place; null where nothing is missed. */
function sentenceInDm(given: Reply): Sentence | null {
  switch (given.kind) {
    case "sentence":
      return given.sentence;
    case "refused":
      return refusalWords(given.refusal);
    case "message":
      return given.done ? outcomeWords(given.done) : NOT_SHOWN;
    case "remove":
    case "shown":
      return null;
  }
}

function responseMessageOf(given: Reply): ResponseMessage | null {
  switch (given.kind) {
    case "sentence":
      return { kind: given.how, message: sentenceMessage(given.sentence) };
    case "refused":
      return { kind: given.how, message: sentenceMessage(refusalWords(given.refusal)) };
    case "message":
      return { kind: given.how, message: given.message };
    case "remove":
      return { kind: "remove" };
    case "shown":
      return null;
  }
}
