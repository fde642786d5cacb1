import type { FieldProblem } from "../../domain/input-rules";
import { durationWords } from "./duration";

/** What is wrong with one field of a form and what to type instead, to show beside it. */
export function fieldProblemWords(problem: FieldProblem): string {
  switch (problem.code) {
    case "name_characters":
      return `Use only letters, digits, dots, underscores and hyphens, for example ${problem.instead ?? "ci-uploader"}.`;
    case "too_long":
      return `Use at most ${problem.max} characters; these are ${problem.length}.`;
    case "reason_too_short":
      return `Say in at least ${problem.min} characters why you need this key, for example: Nightly backups of the build server. Others read it.`;
    case "life_too_long":
      return `Such keys last for ${durationWords(problem.longestMs)} at most. Choose a shorter time.`;
    case "day_over":
      return "That day is over. Choose a later one.";
    case "bucket_count":
      return `Choose between 1 and ${problem.max} buckets.`;
    case "buckets_gone":
      return `No longer there: ${problem.names.join(", ")}. Choose again.`;
  }
}
