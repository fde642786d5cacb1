import type { Sentence } from "../../domain/sentence";
import { errorCode } from "../../workflow/error-code";
import { notify } from "../../workflow/notify";
import type { Outcome } from "../../workflow/outcome";
import { answer, type Message } from "../blocks/message";
import { type Reply, respond } from "../clients/respond";
import { actorOf } from "../payloads/actor";
import { responseUrlOf } from "../payloads/click";
import type { Listening } from "./listening";

/** What a person gets for a command or a click on a message. */
export type Answer =
  | { kind: "sentence"; how: "beside" | "instead"; sentence: Sentence }
  | { kind: "message"; how: "beside" | "instead"; message: Message }
  | { kind: "remove" }
  /** They see it elsewhere: a form has opened, a secret has appeared. */
  | { kind: "shown" };

export const SHOWN: Answer = { kind: "shown" };

export const MALFORMED: Sentence = [
  "I couldn't read what Slack sent me. Nothing was changed; please try again from ",
  { kind: "code", text: "/tigris-key" },
  ".",
];

export const WENT_WRONG: Sentence = [
  "Something went wrong on my side. The card in our DM shows what holds; please try again in a moment.",
];

const NOT_SHOWN: Sentence = [
  "Slack didn't show you what you asked for. Please type it again: ",
  { kind: "code", text: "/tigris-key" },
  " works here too.",
];

export function beside(...sentence: Sentence): Answer {
  return { kind: "sentence", how: "beside", sentence };
}

export function instead(...sentence: Sentence): Answer {
  return { kind: "sentence", how: "instead", sentence };
}

/** The outcome of a verb, said beside the message that was clicked. */
export function outcomeBeside(outcome: Outcome): Answer {
  return beside(...outcome.sentence);
}

/** Whom an answer is for, as far as the payload says, and where Slack takes it: the payload's `response_url`. */
export type Sender = { userId: string | null; responseUrl: string | null };

/** As much of a sender as can be read from a payload that can't be read otherwise. */
export function senderOf(payload: unknown): Sender {
  return { userId: actorOf(payload)?.userId ?? null, responseUrl: responseUrlOf(payload) };
}

/** Answers somebody, and them alone. */
export async function give(listening: Listening, to: Sender, given: Answer): Promise<void> {
  const reply = replyOf(given);
  if (!reply) return;
  const address = to.responseUrl !== null && listening.mayRespond(to.responseUrl) ? to.responseUrl : null;
  if (address !== null && (await respond(address, reply, listening.respondMs))) return;
  listening.ports.log.warn({ event: "answer.not_taken", actor: to.userId });
  const sentence = inDmOf(given);
  if (sentence !== null && to.userId !== null) await notify(listening.ports, to.userId, sentence);
}

/** What stands in the DM for an answer that Slack didn't take at its place; null where nothing is missed. */
function inDmOf(given: Answer): Sentence | null {
  switch (given.kind) {
    case "sentence":
      return given.sentence;
    case "message":
      return NOT_SHOWN;
    case "remove":
    case "shown":
      return null;
  }
}

function replyOf(given: Answer): Reply | null {
  switch (given.kind) {
    case "sentence":
      return { kind: given.how, message: answer(given.sentence) };
    case "message":
      return { kind: given.how, message: given.message };
    case "remove":
      return { kind: "remove" };
    case "shown":
      return null;
  }
}

/** Runs what leads to an answer; whatever it throws becomes one. */
export async function attempted<Result>(
  { ports }: Listening,
  what: string,
  work: () => Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    ports.log.error({ event: "listener.failed", what, code: errorCode(error) });
    return otherwise;
  }
}
