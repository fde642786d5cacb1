import { useEffect, useState } from "react";
import { readDirectory } from "./calls";
import type { Directory } from "./directory";
import { Workspace } from "./workspace";

const RETRY_MS = 1_000;

/** Waits for the sandbox, then shows the workspace. */
export function App() {
  const [directory, setDirectory] = useState<Directory | null>(null);
  useEffect(() => {
    let timer = 0;
    const read = (): void => {
      readDirectory().then(setDirectory, () => {
        timer = window.setTimeout(read, RETRY_MS);
      });
    };
    read();
    return () => window.clearTimeout(timer);
  }, []);
  if (!directory) return <p className="waiting">Waiting for the sandbox…</p>;
  return <Workspace directory={directory} />;
}
