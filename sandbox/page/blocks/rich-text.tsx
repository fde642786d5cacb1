import type { Block } from "../../slack/workspace";
import { CodeBlock } from "./code-block";
import { DisplayBlock } from "./display-block";

type Row = { type: string; elements?: { text?: string }[] };

/** Rich text; its preformatted rows are ours, since they can be copied. */
export function RichText({ block }: { block: Block }) {
  const rows = block.elements as Row[];
  return rows.map((row, index) => {
    const key = `${index}`;
    if (row.type === "rich_text_preformatted") return <CodeBlock key={key} text={textOf(row)} />;
    return <DisplayBlock key={key} block={{ ...block, elements: [row] }} />;
  });
}

function textOf({ elements = [] }: Row): string {
  return elements.map(({ text }) => text).join("");
}
