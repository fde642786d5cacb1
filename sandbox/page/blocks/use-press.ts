import { useState } from "react";
import type { Pressed, ShownButton } from "../../slack/person/shown";
import { channelBehind, useViewer, type Viewer } from "../directory";

/** Pressing a button or an option: what it asks first, and whether the app is waited for. */
export type Press = {
  isBusy: boolean;
  /** The one that waits for an answer to its question. */
  asked: ShownButton | null;
  press: (button: ShownButton) => void;
  yes: () => void;
  no: () => void;
};

export function usePress(onPress: (at: Pressed) => Promise<void>): Press {
  const viewer = useViewer();
  const [asked, setAsked] = useState<ShownButton | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const go = async ({ url, blockId, actionId, option }: ShownButton): Promise<void> => {
    setAsked(null);
    setIsBusy(true);
    if (url) follow(url, viewer);
    try {
      await onPress({ blockId, actionId, ...(option === undefined ? {} : { option }) });
    } finally {
      setIsBusy(false);
    }
  };
  return {
    isBusy,
    asked,
    press: (button) => {
      if (isBusy) return;
      if (button.confirm) setAsked(button);
      else void go(button);
    },
    yes: () => void (asked && go(asked)),
    no: () => setAsked(null),
  };
}

/** Goes where a link leads: channels of this workspace are on this page, anything else opens beside it. */
function follow(url: string, { directory, goTo }: Viewer): void {
  const channelId = channelBehind(url, directory);
  if (channelId) goTo(channelId);
  else window.open(url, "_blank", "noopener");
}
