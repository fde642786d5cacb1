import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whom PostgreSQL runs as: it refuses to be root. Empty where we are not root. */
export type Owner = { uid?: number; gid?: number };

/** Users of a Debian system that own nothing of ours, in the order of preference. */
const USERS = ["postgres", "nobody"];

/**
 * Ends the server that runs in a folder and removes the folder, as soon as its input ends, which it does when whoever
 * started it has ended in any way. SIGQUIT is PostgreSQL's immediate shutdown; whoever doesn't heed it in ten seconds is killed.
 */
const KEEPER = `
  cat >/dev/null
  pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null)
  [ -z "$pid" ] || kill -QUIT "$pid" 2>/dev/null
  for tenth in $(seq 100); do [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null
  rm -rf "$0"
`;

/** A folder for one server. It goes with the process that made it, whatever ends that one. */
export type ServerFolder = {
  path: string;
  owner: Owner;
  /** Removes it, with the server that still runs in it. */
  remove(): Promise<void>;
};

export function makeServerFolder(): ServerFolder {
  const path = mkdtempSync(join(tmpdir(), "tigris-key-bot-postgres-"));
  const owner = ownerOfServers();
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid);
  // A group of its own: Ctrl-C in the terminal is not for it.
  const keeper = spawn("/bin/sh", ["-c", KEEPER, path], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  keeper.unref();
  return {
    path,
    owner,
    remove: async () => {
      const removed = once(keeper, "exit");
      keeper.ref();
      keeper.stdin.end();
      await removed;
    },
  };
}

/** @throws Error in words, where we are root and no other user is there */
function ownerOfServers(): Owner {
  if (process.getuid?.() !== 0) return {};
  for (const user of USERS) {
    try {
      return { uid: idOf("-u", user), gid: idOf("-g", user) };
    } catch {
      // There is no such user.
    }
  }
  throw new Error(`PostgreSQL refuses to run as root, and this machine has no user ${USERS.join(" or ")}.`);
}

function idOf(which: "-u" | "-g", user: string): number {
  return Number(execFileSync("id", [which, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}
