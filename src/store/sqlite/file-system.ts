import { statfsSync } from "node:fs";

/** The database file is on a network file system. */
export class OnNetwork extends Error {
  readonly code = "store_on_network";
  readonly retry = "never";

  /** @param fileSystem its name, as "NFS" */
  constructor(readonly fileSystem: string) {
    super("the database file is on a network file system");
    this.name = "OnNetwork";
  }
}

/** `network`: SQLite can't keep a database there. `doubtful`: it depends on who serves the files. */
export type FileSystem = { kind: "local" } | { kind: "network" | "doubtful"; name: string };

/** What Linux says of a mounted file system (`statfs(2)`, `linux/magic.h`). Other systems' numbers are small. */
const KNOWN: ReadonlyMap<number, FileSystem> = new Map([
  [0x6969, { kind: "network", name: "NFS" }],
  [0x517b, { kind: "network", name: "SMB" }],
  [0xff534d42, { kind: "network", name: "SMB" }],
  [0xfe534d42, { kind: "network", name: "SMB" }],
  // Folders of the host, in containers under gVisor and in WSL: local where one machine alone has them.
  [0x01021997, { kind: "doubtful", name: "9p" }],
  // Folders of the host, in containers on macOS, but also buckets and other machines' folders.
  [0x65735546, { kind: "doubtful", name: "FUSE" }],
]);

/** @param type as `statfs` has it, which may be negative where a `long` has 32 bits */
export function fileSystemOfType(type: number): FileSystem {
  return KNOWN.get(type >>> 0) ?? { kind: "local" };
}

/**
 * Where a file is kept. Processes on two machines share no memory, which the log of SQLite needs (SQLite, `wal.html`), and
 * locks are often not kept there at all: the record of who holds which key would get lost.
 * @returns the name of a file system of which nobody can say whether that holds; else null
 * @throws OnNetwork
 */
export function refuseNetwork(file: string): string | null {
  const found = fileSystemOf(file);
  if (found.kind === "network") throw new OnNetwork(found.name);
  return found.kind === "doubtful" ? found.name : null;
}

function fileSystemOf(file: string): FileSystem {
  try {
    return fileSystemOfType(statfsSync(file).type);
  } catch {
    // Some sandboxes don't say. What SQLite meets then has codes of its own.
    return { kind: "local" };
  }
}
