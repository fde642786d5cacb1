import type { FieldProblem } from "../../domain/input-rules";

/** What is wrong with one field of a form, to show beside it. */
export function fieldProblemWords(problem: FieldProblem): string {
  switch (problem.code) {
    case "name_missing":
      return "Give the key a name.";
    case "name_characters":
      return "Use only letters, digits, dots, underscores and hyphens.";
    case "too_long":
      return `Use at most ${problem.max} characters.`;
    case "reason_too_short":
      return `Say in at least ${problem.min} characters why you need this key: somebody has to approve it.`;
    case "bucket_count":
      return `Choose between 1 and ${problem.max} buckets.`;
    case "buckets_gone":
      return `No longer there: ${problem.names.join(", ")}. Choose again.`;
  }
}
