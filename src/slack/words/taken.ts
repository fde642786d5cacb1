import type { Taken, TakenKey } from "../../workflow/ask-takeover";
import { BUTTONS } from "./labels";
import { outcomeWords } from "./outcomes";
import { bold, joined, type Sentence } from "./sentence";

/** What became of each key that somebody wanted to take over. */
export function takenWords({ keys }: Taken): Sentence {
  return joined(keys.map(wordsOf), "\n");
}

function wordsOf({ keyName, outcome }: TakenKey): Sentence {
  if (outcome.kind !== "asked") return outcomeWords(outcome);
  return [
    "Somebody has to approve that you take over ",
    bold(keyName),
    ": your request is on its way, and ",
    bold(BUTTONS.takeOver),
    " is in our DM once it is approved.",
  ];
}
