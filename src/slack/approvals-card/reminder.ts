import type { People } from "../../domain/person";
import type { Pending, Request } from "../../domain/request";
import { askedTitle } from "../blocks/access";
import { type Message, sentenceMessage } from "../blocks/message";
import { type Sentence, time, user } from "../words/sentence";
import { mentions } from "./view";

/**
 * What approvers read below the card of a request that still waits: each of them is mentioned once.
 * @param byId who asks again; null where it is the bot that reminds them
 */
export function reminderMessage(
  request: Request<Pending>,
  { byId, approvers }: { byId: string | null; approvers: People },
): Message {
  const lapses: Sentence = [", lapses ", time(request.state.lapsesAt)];
  const named = mentions(approvers);
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
