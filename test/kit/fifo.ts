import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A pipe (pipe(7)) that is read only when a test reads it. */
export type Fifo = {
  /** An end to write into, for this process or another one. Reads and writes never wait. */
  fd: number;
  /** Writes into it until it takes nothing more. */
  fill(): void;
  /** Takes out what is in it, without what `fill` wrote. */
  read(): string;
  close(): void;
};

const FILLING = "~";

/** Makes a pipe with a name: Node's own pipes to its children are sockets. */
export function createFifo(): Fifo {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-fifo-"));
  const path = join(folder, "fifo");
  execFileSync("mkfifo", [path]);
  // Whoever gets the first one as standard output may change how it waits, and that must not hold the test up.
  const out = openSync(path, constants.O_RDWR);
  const own = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  return {
    fd: out,
    fill: () => untilFull(() => writeSync(own, FILLING.repeat(1_024))),
    read: () => {
      const parts: string[] = [];
      const bytes = Buffer.alloc(65_536);
      untilFull(() => parts.push(bytes.toString("utf8", 0, readSync(own, bytes))));
      return parts.join("").replaceAll(FILLING, "");
    },
    close: () => {
      closeSync(out);
      closeSync(own);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Goes on until the system says that there is nothing to do (EAGAIN). */
function untilFull(step: () => void): void {
  try {
    for (;;) step();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
  }
}
