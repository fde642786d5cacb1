import { readKeys } from "../calls";
import { useRepeated } from "../use-repeated";
import { FaultButtons } from "./fault-buttons";
import { KeyTable } from "./key-table";
import { UseKey } from "./use-key";

const EVERY_MS = 1_000;

/** What Tigris holds, a way to try a key, and trouble to make. */
export function TigrisPanel({ onTrouble }: { onTrouble: (text: string) => void }) {
  const [keys] = useRepeated(readKeys, EVERY_MS);
  return (
    <aside className="panel" aria-label="Tigris">
      <h2>Tigris</h2>
      <h3>Keys that exist</h3>
      <KeyTable keys={keys ?? []} />
      <h3>Use a key</h3>
      <UseKey />
      <h3>Make trouble</h3>
      <FaultButtons side="tigris" onTrouble={onTrouble} />
    </aside>
  );
}
