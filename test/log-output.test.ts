import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAX_LOG_KEPT_BACK } from "../src/domain/service-limits";
import { createLogOutput, type Sink, sinkTo } from "../src/log-output";
import { createFifo, type Fifo } from "./kit/fifo";
import { until } from "./kit/until";

const FILLER = "x".repeat(1_000);
const line = (number: number) => `${JSON.stringify({ number, filler: FILLER })}\n`;
/** Twice as many as there is room for. */
const MANY = Math.ceil((2 * MAX_LOG_KEPT_BACK) / line(0).length);

type Line = { number?: number; event?: string; lines?: number };

/** A reader that takes what it is given when it is told to, or fails. */
function createReader() {
  const taken: Buffer[] = [];
  let waiting: (() => void) | null = null;
  const sink: Sink = (bytes, done) => {
    waiting = () => {
      taken.push(Buffer.from(bytes));
      done(null, bytes.length);
    };
  };
  return {
    sink,
    read: () => {
      while (waiting !== null) {
        const go: () => void = waiting;
        waiting = null;
        go();
      }
    },
    text: () => Buffer.concat(taken).toString(),
  };
}

const parsed = (text: string): Line[] =>
  text
    .split("\n")
    .filter((one) => one !== "")
    .map((one) => JSON.parse(one));

test("a reader that reads gets every line, whole and in order", () => {
  const reader = createReader();
  const output = createLogOutput(reader.sink);
  for (let number = 0; number < 300; number++) output.write(line(number));
  reader.read();
  expect(parsed(reader.text()).map(({ number }) => number)).toEqual(Array.from({ length: 300 }, (_, number) => number));
});

test("what finds no room is lost, and counted where it is missing", () => {
  const reader = createReader();
  const output = createLogOutput(reader.sink);
  for (let number = 0; number < MANY; number++) output.write(line(number));
  reader.read();
  output.write(line(MANY));
  reader.read();
  const lines = parsed(reader.text());
  const kept = lines.findIndex(({ event }) => event === "log.dropped");
  expect(
    Buffer.byteLength(
      lines
        .slice(0, kept)
        .map(({ number = 0 }) => line(number))
        .join(""),
    ),
  ).toBeLessThanOrEqual(MAX_LOG_KEPT_BACK);
  expect(kept).toBeGreaterThan(MANY / 2 - 10);
  expect(lines.slice(kept)).toEqual([
    { level: "warn", time: expect.any(String), event: "log.dropped", lines: MANY - kept },
    { number: MANY, filler: FILLER },
  ]);
});

test("lines that were lost are told though no other follows", () => {
  const reader = createReader();
  const output = createLogOutput(reader.sink);
  for (let number = 0; number < MANY; number++) output.write(line(number));
  reader.read();
  expect(parsed(reader.text()).at(-1)).toMatchObject({ event: "log.dropped" });
});

test("what could not be written is tried again, from where it broke off", async () => {
  const taken: string[] = [];
  const answers = [3, new Error("ENOSPC"), null];
  const output = createLogOutput((bytes, done) => {
    const answer = answers.shift() ?? bytes.length;
    if (answer instanceof Error) return done(answer, 0);
    taken.push(bytes.toString("utf8", 0, answer));
    done(null, answer);
  });
  output.write("one\n");
  output.write("two\n");
  await until("both lines", () => taken.join("") === "one\ntwo\n", { seen: () => taken });
});

test("whoever flushes waits until all is out, and no longer than a second for a reader that stalls", async () => {
  const reader = createReader();
  const output = createLogOutput(reader.sink);
  await output.flush();
  output.write("one\n");
  const flushed = output.flush();
  reader.read();
  await flushed;
  expect(reader.text()).toBe("one\n");
  output.write("two\n");
  await output.flush();
  expect(reader.text()).toBe("one\n");
});

describe("on a pipe that nobody reads", () => {
  let fifo: Fifo;
  beforeEach(() => {
    fifo = createFifo();
  });
  afterEach(() => fifo.close());

  test("no write waits, and all that there is room for comes when it is read again", async () => {
    fifo.fill();
    const output = createLogOutput(sinkTo(fifo.fd));
    for (let number = 0; number < MANY; number++) output.write(line(number));
    let text = "";
    await until("the count of what was lost", () => {
      text += fifo.read();
      return text.endsWith("\n") && text.includes("log.dropped");
    });
    const lines = parsed(text);
    expect(lines.length - 1 + (lines.at(-1)?.lines ?? 0)).toBe(MANY);
  });
});

test("a file gets its lines too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-log-"));
  const file = join(folder, "out");
  const fd = openSync(file, "w");
  const output = createLogOutput(sinkTo(fd));
  for (let number = 0; number < 200; number++) output.write(line(number));
  await output.flush();
  // A flush waits no longer than it may, and this disk may be busy.
  await until("all of it", () => readFileSync(file, "utf8").split("\n").length > 200);
  expect(parsed(readFileSync(file, "utf8"))).toHaveLength(200);
  closeSync(fd);
  rmSync(folder, { recursive: true });
});
