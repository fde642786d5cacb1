/**
 * The words that "The words" keeps out of what people read.
 * @param markdown of docs/architecture.md: there they stand as code, in the table's last column and after "never"
 */
export function otherWords(markdown: string): string[] {
  const [, after = ""] = markdown.split("\n## The words\n");
  const [chapter = ""] = after.split("\n## ");
  const inRows = chapter.split("\n").filter((line) => line.startsWith("| "));
  const lasts = inRows.map((row) => row.split("|").at(-2) ?? "");
  const nevers = [...chapter.matchAll(/\(never ([^)]+)\)/g)].map(([, words]) => words ?? "");
  return [...lasts, ...nevers].flatMap((words) => [...words.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ""));
}
