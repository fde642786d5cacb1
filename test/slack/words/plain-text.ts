import type { Sentence } from "../../../src/slack/words/sentence";

const MARKS = { user: "@", group: "%", channel: "#" } as const;

/** A sentence with a mark for each kind of part: *bold*, `code`, @user, %group, #channel, [moment]. */
export function plainText(sentence: Sentence): string {
  return sentence
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.kind === "bold") return `*${part.text}*`;
      if (part.kind === "code") return `\`${part.text}\``;
      if (part.kind === "link") return `[${part.text}](${part.url})`;
      if (part.kind === "operator") return "‹operator›";
      return part.kind === "time" ? `[${part.at}]` : `${MARKS[part.kind]}${part.id}`;
    })
    .join("");
}
