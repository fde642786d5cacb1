import { BUTTONS } from "./labels";
import { bold, type Sentence, user } from "./sentence";

/** What whoever took a key over has to know of who owned it before. */
export function stillKnows(fromId: string, isPaused: boolean): Sentence {
  const press = [" still knows its secret: press ", bold(BUTTONS.newSecret), ", and put the new one where it is used."];
  return [user(fromId), ...press, isPaused ? " It is paused." : ""];
}
