import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTigris, type TigrisStandIn } from "../../sandbox/tigris";

export type Pair = { accessKeyId: string; secretAccessKey: string };
/** How a program ended. */
export type Ended = { code: number | null; out: string; err: string };
export type Client = (pair: Pair, ...args: string[]) => Promise<Ended>;

/** AWS's clients take no id shorter than 16 characters. */
export const ROOT = { accessKeyId: "tid_root_key_of_acme", secretAccessKey: "tsec_root_secret_for_tests" };
export const BUCKETS = ["builds", "logs"];

export function startAcme(): Promise<TigrisStandIn> {
  return startTigris({ organization: "acme", rootKey: ROOT, buckets: BUCKETS });
}

/** A folder that is gone after the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/**
 * A program that is told where Tigris is by its environment alone, as people do it, and knows nothing of this machine's settings.
 * @param command with its first arguments
 * @param home for whatever it keeps
 */
export function clientOf(command: readonly string[], home: string, variables: () => Record<string, string>): Client {
  const [program = "", ...first] = command;
  return ({ accessKeyId, secretAccessKey }, ...args) => {
    const pair = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const env = { PATH: process.env.PATH, HOME: home, ...pair, ...variables() };
    return ended(spawn(program, [...first, ...args], { env, stdio: ["ignore", "pipe", "pipe"] }));
  };
}

function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  const told = { out: "", err: "" };
  child.stdout?.on("data", (data) => {
    told.out += String(data);
  });
  child.stderr?.on("data", (data) => {
    told.err += String(data);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...told }));
  });
}

/** What a program said in JSON. @throws what it said otherwise, where it failed */
export function jsonOf<Shape>({ code, out, err }: Ended): Shape {
  if (code !== 0) throw new Error(`it ended with ${code}: ${err}${out}`);
  return JSON.parse(out) as Shape;
}
