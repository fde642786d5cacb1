import type { People } from "../../domain/person";
import { group, joined, type Sentence, user } from "../words/sentence";

/** "@key-approvers, @bob". */
export function peopleNamed({ groups, users }: People): Sentence {
  return joined(
    [...groups.map(group), ...users.map(user)].map((part) => [part]),
    ", ",
  );
}
