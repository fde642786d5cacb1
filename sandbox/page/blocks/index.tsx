import { type Element, elementsOf } from "../../slack/elements";
import type { ElementAt, Pressed, ShownButton, ShownField } from "../../slack/person/shown";
import type { Block } from "../../slack/workspace";
import { InputBlock } from "../fields/input-block";
import { LooseField } from "../fields/loose-field";
import { ActionButton } from "./action-button";
import { DisplayBlock } from "./display-block";
import { OverflowMenu } from "./overflow-menu";
import { RichText } from "./rich-text";

/** What can be done with blocks: which buttons and fields there are, and what pressing one does. */
export type Interactive = {
  buttons: readonly ShownButton[];
  fields: readonly ShownField[];
  onPress: (at: Pressed) => Promise<void>;
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
  switch (block.type) {
    case "rich_text":
      return <RichText block={block} />;
    case "input": {
      const field = fields.find(({ blockId }) => blockId === block.block_id);
      return field ? <InputBlock block={block} field={field} /> : null;
    }
    case "actions":
      return <Elements block={block} buttons={buttons} fields={fields} onPress={onPress} />;
    case "section":
      return (
        <div className="section">
          <DisplayBlock block={withoutAccessory(block)} />
          <Elements block={block} buttons={buttons} fields={fields} onPress={onPress} />
        </div>
      );
    default:
      return <DisplayBlock block={block} />;
  }
}

/** What one can use of a block, in its order. */
function Elements({ block, buttons, fields, onPress }: { block: Block } & Interactive) {
  const elements = elementsOf(block);
  if (elements.length === 0) return null;
  const isOf = ({ action_id }: Element) => {
    return ({ blockId, actionId }: ElementAt) => blockId === block.block_id && actionId === action_id;
  };
  return (
    <div className="buttons">
      {elements.map((element) => {
        const pressed = buttons.filter(isOf(element));
        const field = fields.find(isOf(element));
        const [button] = pressed;
        if (button?.isInMenu) return <OverflowMenu key={element.action_id} options={pressed} onPress={onPress} />;
        if (button) return <ActionButton key={element.action_id} button={button} onPress={onPress} />;
        return field ? <LooseField key={element.action_id} element={element} field={field} /> : null;
      })}
    </div>
  );
}

function withoutAccessory({ accessory: _accessory, ...block }: Block): Block {
  return block as Block;
}
