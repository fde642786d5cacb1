import { useId } from "react";
import type { ShownButton } from "../../slack/person/shown";
import { Dialog } from "../dialog";
import type { Press } from "./use-press";

/** The question that a client asks before it presses a button, while there is one. */
export function ConfirmDialog({ pressing: { asked, yes, no } }: { pressing: Press }) {
  if (!asked?.confirm) return null;
  return <Question dialog={asked.confirm} isDanger={asked.style === "danger"} onYes={yes} onNo={no} />;
}

function Question(props: {
  dialog: NonNullable<ShownButton["confirm"]>;
  isDanger: boolean;
  onYes: () => void;
  onNo: () => void;
}) {
  const { dialog, isDanger, onYes, onNo } = props;
  const titleId = useId();
  return (
    <Dialog labelledBy={titleId} onClose={onNo} className="confirm" focusFirst={isDanger ? undefined : ".primary"}>
      <h2 id={titleId}>{dialog.title}</h2>
      <p>{dialog.text}</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onNo}>
          {dialog.deny}
        </button>
        <button type="button" className={`button ${isDanger ? "danger filled" : "primary"}`} onClick={onYes}>
          {dialog.confirm}
        </button>
      </div>
    </Dialog>
  );
}
