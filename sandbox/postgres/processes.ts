import { readdirSync, readFileSync } from "node:fs";

/** Child processes of a process (Linux, `proc(5)`); none where the system has no `/proc`. */
export function childrenOf(parent: number): number[] {
  return numbersInProc().filter((pid) => statOf(pid)?.parent === parent);
}

/** Whether a process still does something: one that only waits to be counted as ended does not. */
export function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.state !== "Z";
}

function numbersInProc(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before them is in brackets, and may hold anything.
    const [state = "", parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}
