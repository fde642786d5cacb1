import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** The clock of everything in a sandbox: how far it is ahead of this machine's. Time that has passed in it does not come back. */
export class SandboxClock {
  readonly #processes = new Set<ChildProcess>();
  readonly #keptFile: string | null;
  #aheadMs: number;

  /** @param keptFile where it is kept for the next run, so that what was written later does not lie ahead; null where nothing is */
  constructor(keptFile: string | null = null) {
    this.#keptFile = keptFile;
    this.#aheadMs = keptFile !== null && existsSync(keptFile) ? aheadIn(readFileSync(keptFile, "utf8")) : 0;
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** A process goes by it from now on, until it ends. */
  add(child: ChildProcess): void {
    this.#processes.add(child);
    child.once("exit", () => this.#processes.delete(child));
  }

  /** Lets time pass, for all of them at once. */
  pass(ms: number): void {
    this.#aheadMs += ms;
    if (this.#keptFile !== null) writeFileSync(this.#keptFile, String(this.#aheadMs));
    for (const child of this.#processes) if (child.connected) child.send({ clockAheadMs: this.#aheadMs });
  }
}

function aheadIn(text: string): number {
  const ms = Number(text);
  return Number.isSafeInteger(ms) && ms > 0 ? ms : 0;
}
