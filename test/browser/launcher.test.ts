import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inTime, until } from "../kit/until";
import { ROOT } from "./world";

/** `npm run sandbox` as a process of its own, whose shell holds credentials that look real. */
type Launched = { process: ChildProcess; url: string; stop(signal: NodeJS.Signals): Promise<void> };

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
});

async function launch(...args: string[]): Promise<Launched> {
  const child = spawn(process.execPath, ["sandbox/start.mjs", "--no-open", "--port", "0", ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: "tid_of_the_shell",
      AWS_SECRET_ACCESS_KEY: "tsec_of_the_shell",
      SLACK_BOT_TOKEN: "xoxb-of-the-shell",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  const ended = once(child, "exit").then(() => void running.delete(child));
  const said = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line);
      if (address) resolve(address[0]);
    });
    void ended.then(() => reject(new Error("it ended before it was there")));
  });
  return {
    url: await inTime("the launcher to say where it is", said, { limitMs: PATIENCE_MS }),
    process: child,
    stop: (signal) => {
      child.kill(signal);
      return inTime("the launcher to end", ended, { limitMs: PATIENCE_MS });
    },
  };
}

/** Processes by id, as Linux tells them: the ids of their parents and their environments. */
function childrenOf(parent: number | undefined): { pid: number; environment: string }[] {
  const pids = readdirSync("/proc").map(Number).filter(Boolean);
  return pids.flatMap((pid) => {
    try {
      const isChild = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]) === parent;
      return isChild ? [{ pid, environment: readFileSync(join("/proc", String(pid), "environ"), "utf8") }] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function isRunning(pid: number): boolean {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // There is no such process.
    return false;
  }
}

const PATIENCE_MS = 30_000;

/** Waits until none of some processes runs any more. */
async function allEnded(processes: { pid: number }[]): Promise<void> {
  const left = () => processes.filter(({ pid }) => isRunning(pid)).map(({ pid }) => pid);
  await until("all processes to end", () => left().length === 0, { limitMs: PATIENCE_MS, seen: left });
}

test("nothing of the shell's credentials reaches what it starts, and nothing outlives it, however it ends", async () => {
  const sandbox = await launch();
  const started = childrenOf(sandbox.process.pid);
  expect(started).toHaveLength(3);
  for (const { environment } of started) expect(environment).not.toContain("of_the_shell");
  for (const { environment } of started) expect(environment).not.toContain("of-the-shell");
  await sandbox.stop("SIGKILL");
  await allEnded(started);
});

test("Ctrl-C while it still starts ends all of it", async () => {
  const child = spawn(process.execPath, ["sandbox/start.mjs", "--no-open", "--port", "0"], {
    cwd: ROOT,
    stdio: "ignore",
  });
  running.add(child);
  await until("two processes", () => childrenOf(child.pid).length >= 2, { limitMs: PATIENCE_MS });
  const started = childrenOf(child.pid);
  child.kill("SIGINT");
  const [code] = await inTime("the launcher to end", once(child, "exit"), { limitMs: PATIENCE_MS });
  running.delete(child);
  expect(code).toBe(0);
  await allEnded(started);
});

test.each(["--help", "-h"])("%s is answered at once, whatever is built", (asked) => {
  const { stdout, status } = spawnSync(process.execPath, ["sandbox/start.mjs", asked], { cwd: ROOT, encoding: "utf8" });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^npm run sandbox --/);
});

test("an option that there is not is told, with those that there are", () => {
  const child = spawnSync(process.execPath, ["sandbox/start.mjs", "--nope"], { cwd: ROOT, encoding: "utf8" });
  expect(child.status).toBe(1);
  expect(child.stderr).toMatch(/--nope[\s\S]*--no-open/);
});
