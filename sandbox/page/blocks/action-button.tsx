import type { Pressed, ShownButton } from "../../slack/person/shown";
import { ConfirmDialog } from "./confirm-dialog";
import { usePress } from "./use-press";

/** A button of the app's: it asks first where the app wants that, opens links, and waits for the app. */
export function ActionButton({ button, onPress }: { button: ShownButton; onPress: (at: Pressed) => Promise<void> }) {
  const pressing = usePress(onPress);
  const { label, spoken, style } = button;
  return (
    <>
      <button
        type="button"
        className={`button ${style ?? ""}`}
        aria-label={spoken}
        aria-busy={pressing.isBusy}
        aria-disabled={pressing.isBusy}
        onClick={() => pressing.press(button)}
      >
        {label}
      </button>
      <ConfirmDialog pressing={pressing} />
    </>
  );
}
