import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { builtBot } from "../kit/build";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LINES = 200;
const PROGRAM = `
const { createLog } = require(process.argv[1]);
const log = createLog({ level: "info" });
for (let line = 0; line < ${LINES}; line++) log.info({ event: "test.line", line, filler: "x".repeat(400) });
process.on("exit", () => process.stderr.write("still here"));
`;

test("a standard output whose disk is full loses lines, and does not end the bot", async () => {
  const file = join(folder, "out");
  const out = openSync(file, "w");
  // No file may grow beyond so many blocks of 512 bytes: each write after that fails, as on a full disk.
  const limited = ["-c", 'ulimit -f 16; exec "$@"', "sh", process.execPath, "-e", PROGRAM];
  const child = spawn("sh", [...limited, join(dirname(builtBot()), "log.js")], { stdio: ["ignore", out, "pipe"] });
  let said = "";
  child.stderr?.on("data", (part) => {
    said += part;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  closeSync(out);
  expect([code, said]).toEqual([0, "still here"]);
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThan(LINES);
});
