import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitted } from "../../kit/until";

/** A file system of eight megabytes that only its own processes see; it goes with the process that holds it. */
export type SmallDisk = {
  /** Where its processes find it. */
  folder: string;
  /** Stands before a command whose process is to find it. */
  enter: string[];
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives the room back. */
  free(): void;
  /** @throws while a process has a file open for writing */
  remount(how: "ro" | "rw"): void;
  /** Copies what is on it to where everybody can read it. @param to a folder */
  copy(to: string): void;
  remove(): Promise<void>;
};

const BALLAST = "ballast";
const PAGE_BYTES = 4_096;
const OWN = ["--user", "--map-root-user", "--mount"];

/**
 * Makes a small disk. Takes no root: the disk is mounted in a user namespace of its own (Linux, `user_namespaces(7)`).
 * @throws where the machine lets nobody make one
 */
export async function createSmallDisk(): Promise<SmallDisk> {
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"));
  const mount = 'mount -t tmpfs -o size=8m,mode=700 none "$0" && echo ready && exec cat';
  const holder = spawn("unshare", [...OWN, "sh", "-c", mount, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const isReady = await new Promise<boolean>((resolve) => {
    holder.stdout.once("data", () => resolve(true));
    holder.once("error", () => resolve(false));
    holder.once("exit", () => resolve(false));
  });
  if (!isReady) {
    rmSync(folder, { recursive: true });
    throw new Error(
      "This machine lets nobody mount a disk to fill: `unshare --user --map-root-user --mount` (util-linux) has to work, " +
        "which some systems turn off (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns).",
    );
  }
  return diskOf(holder, folder);
}

function diskOf(holder: ChildProcess, folder: string): SmallDisk {
  const inside = join(`/proc/${holder.pid}/root`, folder);
  const enter = ["nsenter", `--target=${holder.pid}`, "--user", "--mount", "--preserve-credentials"];
  return {
    folder,
    enter,
    fill: () => fill(join(inside, BALLAST)),
    free: () => rmSync(join(inside, BALLAST), { force: true }),
    remount: (how) => {
      const [command = "", ...rest] = [...enter, "mount", "-o", `remount,bind,${how}`, folder];
      const { status, stderr } = spawnSync(command, rest, { encoding: "utf8" });
      if (status !== 0) throw new Error(`the disk is not remounted: ${stderr}`);
    },
    copy: (to) => {
      for (const name of readdirSync(inside).filter((name) => name !== BALLAST))
        cpSync(join(inside, name), join(to, name));
    },
    remove: async () => {
      if (holder.exitCode === null) {
        holder.stdin?.end();
        await emitted(holder, "exit");
      }
      rmSync(folder, { recursive: true });
    },
  };
}

function fill(ballast: string): void {
  const file = openSync(ballast, "a");
  try {
    for (;;) writeSync(file, Buffer.alloc(PAGE_BYTES));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}
