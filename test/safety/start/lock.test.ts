import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StoreHeld, takeLock } from "../../../src/store/sqlite/lock";
import { inTime } from "../../kit/until";
import { builtBot } from "../kit/build";
import { PATIENCE_MS, PATIENT } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

type Answer = { kind: "taken" } | { kind: "refused"; code: string; holder: { pid: number } | null };

/** How many take the lock at once, and how often: enough to meet the moments between its steps. */
const CONTENDERS = 4;
const ROUNDS = 15;
/** Before all of them begin, in milliseconds: each has the message by then. */
const LEAD_MS = 20;

let folder: string;
let file: string;
const processes: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  file = join(folder, "bot.db");
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map(kill));
  rmSync(folder, { recursive: true });
});

function contender(): ChildProcess {
  const lock = join(dirname(builtBot()), "store/sqlite/lock.js");
  const child = fork(join(__dirname, "../kit/lock-holder.cjs"), [lock]);
  processes.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await inTime("the process to be killed", ended);
}

async function ask(child: ChildProcess, path: string, at = 0): Promise<Answer> {
  const answered = once(child, "message");
  child.send({ file: path, at });
  const [answer] = await inTime("the answer", answered, PATIENT);
  return answer as Answer;
}

const own = () => ({ host: "there", pid: process.pid, startedAt: Date.now() });

test("another process reads who has it, and gets it when that one is killed", async () => {
  const holder = contender();
  expect(await ask(holder, file)).toEqual({ kind: "taken" });
  const refused = expect.objectContaining({
    code: "store_held",
    holder: { host: "here", pid: holder.pid, startedAt: expect.any(Number) },
  });
  expect(() => takeLock(file, own())).toThrow(refused);
  await kill(holder);
  takeLock(file, own()).release();
});

test("a process that is frozen keeps it", async () => {
  const holder = contender();
  await ask(holder, file);
  holder.kill("SIGSTOP");
  expect(() => takeLock(file, own())).toThrow(StoreHeld);
});

test("of some that take it at once, one gets it, and the others name nobody else", async () => {
  const all = Array.from({ length: CONTENDERS }, contender);
  for (let round = 0; round < ROUNDS; round++) {
    const path = join(folder, `${round}.db`);
    const at = Date.now() + LEAD_MS;
    const answers = await Promise.all(all.map((child) => ask(child, path, at)));
    const winners = all.filter((_child, index) => answers[index]?.kind === "taken");
    const named = answers.flatMap((answer) => (answer.kind === "refused" ? [answer.holder?.pid ?? null] : []));
    expect({ round, winners: winners.length }).toEqual({ round, winners: 1 });
    expect([null, winners[0]?.pid]).toEqual(expect.arrayContaining(named));
    expect(() => takeLock(path, own())).toThrow(
      expect.objectContaining({ holder: expect.objectContaining({ pid: winners[0]?.pid }) }),
    );
  }
});
