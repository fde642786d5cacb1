import type { ShortcutData } from "../slack/options";
import { act } from "./calls";
import { useViewer } from "./directory";
import { Menu } from "./menu";

/** The app's global shortcuts, where somebody types. */
export function GlobalShortcuts({ onTrouble }: { onTrouble: (text: string) => void }) {
  return <Shortcuts type="global" label="Shortcuts" on={{}} onTrouble={onTrouble} />;
}

/** What can be done with a message. */
export function MessageShortcuts(props: { on: { channelId: string; ts: string }; onTrouble: (text: string) => void }) {
  return <Shortcuts type="message" label="More message shortcuts" {...props} />;
}

function Shortcuts(props: {
  type: ShortcutData["type"];
  label: string;
  on: { channelId?: string; ts?: string };
  onTrouble: (text: string) => void;
}) {
  const { type, label, on, onTrouble } = props;
  const { me, directory } = useViewer();
  const shortcuts = directory.app.shortcuts.filter((one) => one.type === type);
  if (shortcuts.length === 0) return null;
  const items = shortcuts.map(({ name, description }) => ({ key: name, label: name, description }));
  const run = (name: string): void => {
    act(me.id, "shortcut", { name, ...on }).catch((error: Error) => onTrouble(error.message));
  };
  return (
    <Menu label={label} items={items} onPick={run} className={`${type}-shortcuts`}>
      {type === "global" ? "+" : "⋮"}
    </Menu>
  );
}
