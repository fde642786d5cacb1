import { useState } from "react";
import type { ElementAt, ShownButton } from "../../slack/person/shown";
import { channelBehind, useViewer, type Viewer } from "../directory";
import { ConfirmDialog } from "./confirm-dialog";

/** A button of the app's: it asks first where the app wants that, opens links, and waits for the app. */
export function ActionButton({ button, onPress }: { button: ShownButton; onPress: (at: ElementAt) => Promise<void> }) {
  const viewer = useViewer();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const { label, spoken, style, url, confirm, blockId, actionId } = button;

  const press = async (): Promise<void> => {
    setIsAsking(false);
    setIsBusy(true);
    if (url) follow(url, viewer);
    try {
      await onPress({ blockId, actionId });
    } finally {
      setIsBusy(false);
    }
  };

  const ask = (): void => {
    if (isBusy) return;
    if (confirm) setIsAsking(true);
    else void press();
  };

  return (
    <>
      <button
        type="button"
        className={`button ${style ?? ""}`}
        aria-label={spoken}
        aria-busy={isBusy}
        aria-disabled={isBusy}
        onClick={ask}
      >
        {label}
      </button>
      {confirm && isAsking && (
        <ConfirmDialog
          dialog={confirm}
          isDanger={style === "danger"}
          onYes={() => void press()}
          onNo={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

/** Goes where a link leads: channels of this workspace are on this page, anything else opens beside it. */
function follow(url: string, { directory, goTo }: Viewer): void {
  const channelId = channelBehind(url, directory);
  if (channelId) goTo(channelId);
  else window.open(url, "_blank", "noopener");
}
