import { type Element, elementsOf, type Option } from "../elements";
import type { PersonData } from "../options";
import { textObject } from "../render";
import type { Block, Workspace } from "../workspace";
import type { ShownButton } from "./shown";

type Asked = { confirm?: Record<"title" | "text" | "confirm" | "deny", { type: string; text: string }> };
type Seen = { workspace: Workspace; reader: PersonData };
type ButtonElement = Element &
  Asked & { text: { text: string }; accessibility_label?: string } & Pick<ShownButton, "style" | "url">;
type MenuElement = Element & Asked & { options: Option[] };

/** The buttons of a block, and the options of its overflow menus, in their order. */
export function buttonsOf(seen: Seen, block: Block): ShownButton[] {
  return elementsOf(block).flatMap((element) => {
    if (element.type === "button") return [buttonOf(seen, block, element as ButtonElement)];
    return element.type === "overflow" ? optionsOf(seen, block, element as MenuElement) : [];
  });
}

function buttonOf(seen: Seen, { block_id: blockId }: Block, element: ButtonElement): ShownButton {
  const { text, style, url, accessibility_label: spoken, action_id: actionId } = element;
  return {
    label: text.text,
    blockId,
    actionId,
    ...(spoken ? { spoken } : {}),
    ...(style ? { style } : {}),
    ...(url ? { url } : {}),
    ...dialogOf(seen, element),
  };
}

/** One dialog is asked before any option of a menu. */
function optionsOf(seen: Seen, { block_id: blockId }: Block, element: MenuElement): ShownButton[] {
  return element.options.map(({ text, value, description, url }) => ({
    label: text.text,
    blockId,
    actionId: element.action_id,
    option: value,
    isInMenu: true,
    ...(description ? { description: description.text } : {}),
    ...(url ? { url } : {}),
    ...dialogOf(seen, element),
  }));
}

function dialogOf({ workspace, reader }: Seen, { confirm: asked }: Asked): Pick<ShownButton, "confirm"> {
  if (!asked) return {};
  const { title, text, confirm, deny } = asked;
  return {
    confirm: { title: title.text, text: textObject(workspace, text, reader), confirm: confirm.text, deny: deny.text },
  };
}
