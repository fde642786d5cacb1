import { fstatSync, write as writeFile } from "node:fs";
import { Socket } from "node:net";
import pino from "pino";
import { LOG_FLUSH_MS, LOG_RETRY_MS, LOG_ROOM_AGAIN, MAX_LOG_KEPT_BACK, MAX_LOG_WRITE } from "./domain/service-limits";

/** Where finished lines go. Nobody waits for it, but for whoever ends the process. */
export type LogOutput = {
  /** Takes a line, with its newline. Returns at once: a line that finds no room is lost, and counted. */
  write(line: string): void;
  /** Resolves once all lines are out, or `LOG_FLUSH_MS` later. Never rejects. */
  flush(): Promise<void>;
};

/**
 * Takes as many of the bytes as there is room for, later.
 * @param done gets how many bytes it took, or why it took none
 */
export type Sink = (bytes: Buffer, done: (error: Error | null, taken: number) => void) => void;

/**
 * Lines on standard output, whoever reads it and however slowly. It takes it over with its first line: from then on nothing
 * else in the process may write there.
 */
export function standardOutput(): LogOutput {
  let sink: Sink | null = null;
  return createLogOutput((bytes, done) => {
    sink ??= sinkTo(1);
    sink(bytes, done);
  });
}

/**
 * Keeps back what the sink does not take yet, up to `MAX_LOG_KEPT_BACK`. What is more is lost; a line `log.dropped` says
 * how many lines that were, in the place where they are missing.
 */
export function createLogOutput(sink: Sink): LogOutput {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let dropped = 0;
  let isWriting = false;
  let drained: (() => void)[] = [];

  function write(line: string): void {
    const bytes = Buffer.from(line);
    const limit = dropped > 0 ? LOG_ROOM_AGAIN : MAX_LOG_KEPT_BACK;
    if (keptBytes + bytes.length > limit) {
      dropped++;
      return;
    }
    tellDropped();
    keep(bytes);
    pump();
  }

  function tellDropped(): void {
    if (dropped === 0) return;
    const told = `{"level":"warn"${pino.stdTimeFunctions.isoTime()},"event":"log.dropped","lines":${dropped}}\n`;
    dropped = 0;
    keep(Buffer.from(told));
  }

  function keep(bytes: Buffer): void {
    kept.push(bytes);
    keptBytes += bytes.length;
  }

  function pump(): void {
    if (isWriting) return;
    if (keptBytes === 0) tellDropped();
    if (keptBytes === 0) {
      for (const resolve of drained) resolve();
      drained = [];
      return;
    }
    isWriting = true;
    const all = kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept);
    kept = [all];
    sink(all.subarray(0, MAX_LOG_WRITE), (error, taken) => {
      if (error === null) return written(taken);
      // The timer alone does not keep a process going that has nothing else to do.
      setTimeout(() => written(0), LOG_RETRY_MS).unref();
    });
  }

  function written(taken: number): void {
    const [first, ...others] = kept;
    const rest = first?.subarray(taken);
    kept = rest === undefined || rest.length === 0 ? others : [rest, ...others];
    keptBytes -= taken;
    isWriting = false;
    pump();
  }

  return {
    write,
    flush: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, LOG_FLUSH_MS);
        drained.push(() => {
          clearTimeout(timer);
          resolve();
        });
        pump();
      }),
  };
}

/**
 * How bytes go to a file descriptor without holding the process up. A pipe or a socket is written to when it has room:
 * a thread that waited for its reader would hold up the end of the process too. Everything else has no reader.
 */
export function sinkTo(fd: number): Sink {
  const stat = fstatSync(fd);
  if (!stat.isFIFO() && !stat.isSocket())
    return (bytes, done) => writeFile(fd, bytes, (error, taken) => done(error, taken));
  const pipe = new Socket({ fd, readable: false, writable: true });
  // Each write gets the error too; without a listener it would end the process.
  pipe.on("error", () => {});
  return (bytes, done) => pipe.write(bytes, (error) => done(error ?? null, bytes.length));
}
