import type { Pressed, ShownButton } from "../../slack/person/shown";
import { Menu } from "../menu";
import { ConfirmDialog } from "./confirm-dialog";
import { usePress } from "./use-press";

/** An overflow menu of the app's. @param options its options, as they are pressed */
export function OverflowMenu(props: { options: readonly ShownButton[]; onPress: (at: Pressed) => Promise<void> }) {
  const { options, onPress } = props;
  const pressing = usePress(onPress);
  const items = options.map(({ option = "", label, description }) => ({ key: option, label, description }));
  const pick = (key: string): void => {
    const option = options.find((one) => one.option === key);
    if (option) pressing.press(option);
  };
  return (
    <>
      <Menu label="More actions" items={items} onPick={pick} isBusy={pressing.isBusy} className="overflow">
        …
      </Menu>
      <ConfirmDialog pressing={pressing} />
    </>
  );
}
