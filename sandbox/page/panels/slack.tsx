import { FaultButtons } from "./fault-buttons";

/** Trouble to make with Slack. */
export function SlackPanel({ onTrouble }: { onTrouble: (text: string) => void }) {
  return (
    <aside className="panel" aria-label="Slack">
      <h2>Slack</h2>
      <h3>Make trouble</h3>
      <FaultButtons side="slack" onTrouble={onTrouble} />
    </aside>
  );
}
