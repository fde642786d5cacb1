import { hostname } from "node:os";
import type { LoadDecision, LoadedBy } from "./domain/policy/load";
import type { Policy } from "./domain/policy/rule";
import { PolicyUnreadable } from "./policy-in-force";
import { type PolicySource, readPolicy, readPolicySource } from "./policy-source";
import type { Finding } from "./readiness";
import { EXIT, StartError } from "./start-error";
import type { ChangePorts } from "./workflow/change";
import { errorCode } from "./workflow/error-code";
import { setEscalationsAnew } from "./workflow/escalate";
import { loadPolicy } from "./workflow/load-policy";
import type { LoadedPolicy } from "./workflow/policies-port";
import type { PolicyPort } from "./workflow/policy-port";

/** How a process puts its policy's file in force. */
export type PolicyLoading = {
  /** Reads the file, before anything is asked of others. @throws StartError where there is no policy to start with */
  read(): Promise<void>;
  /** Puts what was read in force, unless it was replaced before. */
  load(): Promise<void>;
  /** Reads the file again and puts it in force, one time after the other. Never throws: the log says what became of it. */
  reload(): Promise<void>;
  /** Whether the file is the policy in force, for readiness. */
  finding(): Promise<Finding>;
};

type Read = { source: PolicySource; seen: string | null };

/** @param path the file, or null where the variables say what is allowed */
export function createPolicyLoading(path: string | null, ports: ChangePorts, policy: PolicyPort): PolicyLoading {
  const { store, log } = ports;
  const loader = `${hostname()}/${process.pid}`;
  let atStart: Read | null = null;
  let reloading: Promise<void> = Promise.resolve();

  async function inForce(): Promise<LoadedPolicy | null> {
    return store.read(async ({ policies }) => {
      const digest = await policies.digestInForce();
      return digest === null ? null : policies.find(digest);
    });
  }

  /** What is in force is read first: whatever comes in its place meanwhile is newer than what the file held. */
  async function readFile(file: string): Promise<Read> {
    const seen = (await inForce())?.digest ?? null;
    return { source: await readPolicySource(file), seen };
  }

  async function put({ source, seen }: Read, loadedBy: LoadedBy): Promise<void> {
    if (source.kind === "bad") return notLoaded("bad_file", { problem: source.problem, mistakes: source.mistakes });
    const { digest, text } = source;
    const decision = await loadPolicy(ports, { digest, text, loadedBy, loader, seen });
    if (decision !== "load" && decision !== "in_force") return notLoaded(decision, { digest });
    log.info({ event: "policy.in_force", digest });
    await follow(source.policy, decision === "load" ? seen : null);
  }

  /** What waits goes by it already; only when others are told is set anew. The next start does it again where it fails. */
  async function follow(now: Policy, seen: string | null): Promise<void> {
    try {
      const before = seen === null ? null : await store.read(({ policies }) => policies.find(seen));
      await setEscalationsAnew(ports, now, before && readPolicy(before.text));
    } catch (error) {
      log.warn({ event: "policy.not_followed", code: errorCode(error) });
    }
  }

  function notLoaded(
    why: Exclude<LoadDecision, "load" | "in_force"> | "bad_file" | "no_policy_file" | "store",
    more: { digest?: string; problem?: string; mistakes?: string; code?: string } = {},
  ): void {
    log.warn({ event: "policy.not_loaded", why, ...more });
  }

  async function reload(): Promise<void> {
    if (path === null) return notLoaded("no_policy_file");
    try {
      await put(await readFile(path), "sighup");
    } catch (error) {
      notLoaded("store", { code: errorCode(error) });
    }
  }

  return {
    read: async () => {
      if (path === null) return refuseWithoutFile(await inForce());
      atStart = await readFile(path);
      if (atStart.source.kind === "bad" && atStart.seen === null) throw badFile(atStart.source);
    },
    load: async () => {
      if (atStart !== null) await put(atStart, "start");
    },
    reload: () => {
      reloading = reloading.then(reload);
      return reloading;
    },
    finding: async () => {
      const loaded = await inForce();
      const warnings = path === null ? withoutFile(loaded) : await ofFile(path, loaded);
      const reasons = (await isReadable(policy)) ? [] : [UNREADABLE];
      return { reasons, warnings };
    },
  };

  async function ofFile(file: string, loaded: LoadedPolicy | null): Promise<string[]> {
    const source = await readPolicySource(file);
    if (source.kind === "bad")
      return [`POLICY_FILE ${source.problem}, so the policy in force stays. Mend it, and send the bot SIGHUP.`];
    if (source.digest === loaded?.digest) return [];
    const known = await store.read(({ policies }) => policies.find(source.digest));
    return [known === null ? OTHER_FILE : REPLACED_FILE];
  }
}

const OTHER_FILE =
  "POLICY_FILE holds another policy than the one in force. Send the bot SIGHUP to put it in force, or put the file of the one in " +
  "force in its place.";
const REPLACED_FILE =
  "POLICY_FILE holds a policy that was in force before and was replaced, so it is not loaded at a start. Put the file of the one in " +
  "force in its place, or send the bot SIGHUP to bring this one back.";
const WITHOUT_FILE =
  "A policy is in force, and POLICY_FILE is not set: this process judges by that policy too, but won't start again without its file.";
const UNREADABLE =
  "The policy in force can't be read by this version of the bot, so nothing is given. Start the version that loaded it, or put a " +
  "policy in force that this one can read.";

function withoutFile(loaded: LoadedPolicy | null): string[] {
  return loaded === null ? [] : [WITHOUT_FILE];
}

/** @throws the store's own error */
async function isReadable(policy: PolicyPort): Promise<boolean> {
  try {
    await policy.inForce();
    return true;
  } catch (error) {
    if (error instanceof PolicyUnreadable) return false;
    throw error;
  }
}

/** Without its file, this process would seem to go by its variables, and would go by the policy in force. */
function refuseWithoutFile(loaded: LoadedPolicy | null): void {
  if (loaded === null) return;
  const { loader, loadedAt } = loaded;
  throw new StartError(
    "policy_in_force",
    `A policy is in force in this database, loaded by ${loader} at ${new Date(loadedAt).toISOString()}, and POLICY_FILE is not set. ` +
      "Set it to that policy's file. To have the variables say again what is allowed, write the file that they amount to with " +
      "`node dist/main.js policy from-env`, and set POLICY_FILE to it.",
    EXIT.config,
  );
}

function badFile({ problem, mistakes }: { problem: string; mistakes: string }): StartError {
  return new StartError("policy_file", `POLICY_FILE ${problem}.\n${mistakes}`.trimEnd(), EXIT.config);
}
