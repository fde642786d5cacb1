import type { ElementAt, ShownButton, ShownField } from "../../slack/person/shown";
import type { Block } from "../../slack/workspace";
import { InputBlock } from "../fields/input-block";
import { ActionButton } from "./action-button";
import { DisplayBlock } from "./display-block";
import { RichText } from "./rich-text";

/** What can be done with blocks: which buttons and fields there are, and what pressing one does. */
export type Interactive = {
  buttons: readonly ShownButton[];
  fields: readonly ShownField[];
  onPress: (at: ElementAt) => Promise<void>;
};

/** Block Kit as Slack shows it: a library draws what is only read, the parts that one uses are ours. */
export function Blocks({ blocks, ...interactive }: { blocks: readonly Block[] } & Interactive) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <OneBlock key={block.block_id} block={block} {...interactive} />
      ))}
    </div>
  );
}

function OneBlock({ block, buttons, fields, onPress }: { block: Block } & Interactive) {
  const here = buttons.filter(({ blockId }) => blockId === block.block_id);
  switch (block.type) {
    case "rich_text":
      return <RichText block={block} />;
    case "input": {
      const field = fields.find(({ blockId }) => blockId === block.block_id);
      return field ? <InputBlock block={block} field={field} /> : null;
    }
    case "actions":
      return <Buttons buttons={here} onPress={onPress} />;
    case "section":
      return (
        <div className="section">
          <DisplayBlock block={withoutAccessory(block)} />
          <Buttons buttons={here} onPress={onPress} />
        </div>
      );
    default:
      return <DisplayBlock block={block} />;
  }
}

function Buttons({ buttons, onPress }: Pick<Interactive, "buttons" | "onPress">) {
  if (buttons.length === 0) return null;
  return (
    <div className="buttons">
      {buttons.map((button) => (
        <ActionButton key={button.actionId} button={button} onPress={onPress} />
      ))}
    </div>
  );
}

function withoutAccessory({ accessory: _accessory, ...block }: Block): Block {
  return block as Block;
}
