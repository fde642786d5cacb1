import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ProcessOptions } from "../run/processes";

export type SandboxOptions = Required<Omit<ProcessOptions, "page" | "databaseUrl" | "clock">> & {
  /** Whether the page is opened in a browser. */
  isOpened: boolean;
};

const DEFAULT_PORT = 4_310;
const KEPT_IN = join("data", "sandbox");
const POLICY_FILE = join("docs", "policies", "teams-with-production.yaml");

/** Reads the command line. @param root the folder of the project @throws Error with a sentence and how it is used */
export function readOptions(root: string, args: readonly string[]): SandboxOptions {
  const usage = readFileSync(join(root, "sandbox", "browser", "usage.txt"), "utf8");
  const { values } = parsed(args, usage);
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".\n\n${usage}`);
  return {
    port,
    mode: values.http ? "http" : "socket",
    // A bot that has gone by a policy starts with no other: each way has a record of its own.
    keptIn: values.keep ? join(root, values.policy ? `${KEPT_IN}-policy` : KEPT_IN) : null,
    policyFile: values.policy ? join(root, POLICY_FILE) : null,
    patience: 1,
    isOpened: !values["no-open"],
  };
}

function parsed(args: readonly string[], usage: string) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        http: { type: "boolean" },
        keep: { type: "boolean" },
        policy: { type: "boolean" },
        "no-open": { type: "boolean" },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
