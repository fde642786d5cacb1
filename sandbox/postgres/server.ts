import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort, mustBeFree } from "../run/ports";
import { type Binaries, findPostgres } from "./binaries";
import { type Certificates, makeCertificates } from "./certificates";
import { makeServerFolder, type ServerFolder } from "./folder";
import { childrenOf, isAlive } from "./processes";

const HOST = "127.0.0.1";
export const SUPERUSER = "postgres";

/** The server may take so long to start, in milliseconds: after a kill it recovers first. */
const START_LIMIT_MS = 30_000;
const PAUSE_MS = 20;
/** Another process may take the port between the look and the start. */
const PORTS_TRIED = 5;
const LOG_TAIL_LINES = 10;

/** Where `postmaster.pid` says how far the server is, counted from 0 (PostgreSQL's `utils/pidfile.h`). */
const PID_LINE = 0;
const STATUS_LINE = 7;

export type PostgresOptions = {
  /** Whether a commit outlasts a crash of the machine, as in production; it takes longer. */
  isDurable: boolean;
  /** Further settings of `postgresql.conf`. */
  settings?: Record<string, string>;
  /** The names of the server's certificate, where it has one. */
  tls?: { hosts: string[] };
};

/** A PostgreSQL server of its own, on loopback. It ends with the process that started it, however that one ends. */
export type PostgresServer = {
  host: string;
  port: number;
  /** The address of its database `postgres`, for its superuser. */
  url: string;
  /** Where its files are; its processes work in a folder of it. */
  folder: string;
  /** The certificate of the authority that its own is by; null without TLS. */
  caFile: string | null;
  isRunning(): boolean;
  /** What it has logged. */
  log(): string;
  /** Kills it and all its processes at once, as a machine does that loses power. */
  kill(): Promise<void>;
  /** Starts it again on what it wrote, at the same port; stops it first where it runs. */
  restart(): Promise<void>;
  /** Stops it for good, and removes what it wrote. */
  stop(): Promise<void>;
};

/**
 * Makes an empty server in a temporary folder, and starts it.
 * @throws Error in words for whoever started this, where there is no PostgreSQL or it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const binaries = findPostgres(process.env);
  const folder = makeServerFolder();
  try {
    const password = await initialise(binaries, folder);
    const certificates = options.tls ? makeCertificates(folder, options.tls.hosts) : null;
    const settings = settingsOf(options, certificates);
    const start = (port: number) => startIn(folder, [binaries.postgres, ...settings, `--port=${port}`]);
    const first = await startOnFreePort(start);
    return serverOf({ folder, password, start, ...first, caFile: certificates?.caFile ?? null });
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** Text sorts by a language, as in most databases that a team has; C, which sorts by bytes, would hide what depends on it. */
function localeOf({ majorVersion }: Binaries): string[] {
  return majorVersion >= 15 ? ["--locale=C", "--locale-provider=icu", "--icu-locale=en-US"] : ["--locale=C"];
}

/** @returns the password of the superuser */
async function initialise(binaries: Binaries, { path, owner }: ServerFolder): Promise<string> {
  const password = `pgpw-${randomBytes(18).toString("hex")}`;
  const passwordFile = join(path, "password");
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const where = [`--pgdata=${join(path, "data")}`, "--encoding=UTF8", "--no-sync", ...localeOf(binaries)];
  await promisify(execFile)(binaries.initdb, [...access, ...where], { ...owner, cwd: path });
  rmSync(passwordFile);
  return password;
}

function settingsOf({ isDurable, settings = {}, tls }: PostgresOptions, certificates: Certificates | null): string[] {
  const all = {
    listen_addresses: HOST,
    unix_socket_directories: "",
    max_connections: "300",
    ...(isDurable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
    ...(tls && certificates
      ? { ssl: "on", ssl_cert_file: certificates.certificateFile, ssl_key_file: certificates.keyFile }
      : {}),
    ...settings,
  };
  return Object.entries(all).map(([name, value]) => `--${name}=${value}`);
}

type Start = (port: number) => Promise<ChildProcess>;

async function startOnFreePort(start: Start): Promise<{ port: number; child: ChildProcess }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { port, child: await start(port) };
    } catch (error) {
      if (tries === PORTS_TRIED || (await isFree(port))) throw error;
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  return mustBeFree(port).then(
    () => true,
    () => false,
  );
}

/** @throws Error with the end of its log, where it ends or takes too long */
async function startIn({ path, owner }: ServerFolder, command: string[]): Promise<ChildProcess> {
  const [postgres = "", ...settings] = command;
  const data = join(path, "data");
  const log = openSync(join(path, "server.log"), "a");
  const how = { ...owner, cwd: path, stdio: ["ignore", log, log] as ["ignore", number, number], detached: true };
  const child = spawn(postgres, [`-D${data}`, ...settings], how);
  closeSync(log);
  child.unref();
  const givenUpAt = performance.now() + START_LIMIT_MS;
  while (!isReady(data, child.pid)) {
    if (hasEnded(child) || performance.now() > givenUpAt) {
      child.kill("SIGKILL");
      throw new Error(`PostgreSQL did not start:\n${logIn(path).split("\n").slice(-LOG_TAIL_LINES).join("\n")}`);
    }
    await pause(PAUSE_MS);
  }
  return child;
}

function isReady(data: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[PID_LINE]) === pid && lines[STATUS_LINE]?.trim() === "ready";
  } catch {
    // It has not written it yet.
    return false;
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
const logIn = (path: string) => readFileSync(join(path, "server.log"), "utf8");

type Running = {
  folder: ServerFolder;
  password: string;
  start: Start;
  port: number;
  child: ChildProcess;
  caFile: string | null;
};

function serverOf({ folder, password, start, port, child: first, caFile }: Running): PostgresServer {
  let child = first;

  /** SIGINT is its fast shutdown: it ends every session, and leaves nothing to recover. */
  async function end(): Promise<void> {
    if (hasEnded(child)) return;
    const ended = once(child, "exit");
    child.ref();
    child.kill("SIGINT");
    await ended;
  }

  return {
    host: HOST,
    port,
    url: `postgres://${SUPERUSER}:${password}@${HOST}:${port}/postgres`,
    folder: folder.path,
    caFile,
    isRunning: () => !hasEnded(child),
    log: () => logIn(folder.path),
    kill: async () => {
      if (hasEnded(child)) return;
      await killAll(child);
      // Nobody may take the number in it for a server's: it will soon be another process's.
      rmSync(join(folder.path, "data/postmaster.pid"), { force: true });
    },
    restart: async () => {
      await end();
      child = await start(port);
    },
    stop: async () => {
      await end();
      await folder.remove();
    },
  };
}

async function killAll(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.ref();
  // While it stands still, it starts no further process.
  child.kill("SIGSTOP");
  const children = childrenOf(child.pid ?? 0);
  for (const pid of children) kill(pid);
  child.kill("SIGKILL");
  await ended;
  while (children.some(isAlive)) await pause(PAUSE_MS);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
