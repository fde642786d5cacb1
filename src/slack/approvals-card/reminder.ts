import { type People, peopleOfAll } from "../../domain/person";
import type { Policy } from "../../domain/policy/rule";
import { progressOf, waitedFor } from "../../domain/progress";
import type { Pending, Request } from "../../domain/request";
import type { OutboxMessage } from "../../workflow/outbox-message";
import { askedTitle } from "../blocks/access";
import { type Message, sentenceMessage } from "../blocks/message";
import { type Sentence, time, user } from "../words/sentence";
import { mentions } from "./view";

/**
 * What approvers read below the card of a request that still waits: each of them is mentioned once.
 * @param byId who asks again; null where it is the bot that reminds them. `waited`: who has not decided yet
 */
function reminderMessage(
  request: Request<Pending>,
  { byId, waited, why }: { byId: string | null; waited: People; why: "waits" | "waits_again" },
): Message {
  const lapses: Sentence = [", lapses ", time(request.state.lapsesAt)];
  const named = mentions(waited);
  if (why === "waits_again")
    return sentenceMessage([
      ...named,
      " · ",
      ...askedTitle(request),
      " for ",
      user(request.requesterId),
      " was approved, and waits again",
      ...lapses,
    ]);
  return sentenceMessage(
    byId === null
      ? [
          ...named,
          " · ",
          ...askedTitle(request),
          " for ",
          user(request.requesterId),
          " still waits for one of you",
          ...lapses,
        ]
      : [user(byId), " asks again: ", ...askedTitle(request), ...lapses, " · ", ...named],
  );
}

/** What whoever may decide too by now reads below the card. */
function escalationMessage(request: Request<Pending>, to: People): Message {
  return sentenceMessage([
    ...mentions(to),
    " · you can decide this too by now: ",
    ...askedTitle(request),
    " for ",
    user(request.requesterId),
    ", lapses ",
    time(request.state.lapsesAt),
  ]);
}

/** What those who decide are told of a request that waits; null where nobody can be told. */
export function wordsForDeciders(
  message: Extract<OutboxMessage, { kind: "reminder" | "escalation" }>,
  { request, policy, at }: { request: Request<Pending>; policy: Policy; at: number },
): Message | null {
  if (message.kind === "reminder") {
    const { byId, why } = message;
    return reminderMessage(request, { byId, why, waited: waitedFor(progressOf(request, policy, at)) });
  }
  const rules = policy.rules.filter(({ name }) => message.rules.includes(name));
  const to = peopleOfAll(rules.flatMap(({ escalate }) => escalate?.to ?? []));
  return to.users.length + to.groups.length === 0 ? null : escalationMessage(request, to);
}
