import { decideLoad, type LoadDecision, type LoadedBy } from "../domain/policy/load";
import { type ChangePorts, change } from "./change";
import type { PolicyText } from "./policies-port";
import { type Step, step } from "./step";

/** A policy's file as it was read. */
export type PolicyFile = PolicyText & {
  /** By what it came to be read, and the process that read it. */
  loadedBy: LoadedBy;
  loader: string;
  /** The digest of the policy that was in force then; null where none was. */
  seen: string | null;
};

/**
 * Puts the policy of a file in force, unless another one came in between or it is not to come back. The event, and what the
 * approvals channel is told, are written with it or not at all.
 * @returns what became of it
 * @throws CommitUnknown where nobody can say whether it is written; the store's own error where it is not
 */
export async function loadPolicy(ports: ChangePorts, file: PolicyFile): Promise<LoadDecision> {
  const changed = await change(ports, {
    about: null,
    facts: async ({ policies }) => ({
      inForce: await policies.digestInForce(),
      wasReplaced: ((await policies.find(file.digest))?.replacedAt ?? null) !== null,
    }),
    decide: (_recorded, _at, { inForce, wasReplaced }) => {
      const decision = decideLoad(file.digest, file.loadedBy, { inForce, seen: file.seen, wasReplaced });
      return { ...(decision === "load" ? loading(file, inForce) : step("bot", {})), decision };
    },
  });
  return changed.kind === "refused" ? "overtaken" : changed.step.decision;
}

function loading(file: PolicyFile, before: string | null): Step {
  const { digest, loadedBy } = file;
  return step("bot", {
    policy: { before, to: file },
    looksAtEnds: true,
    events: [{ name: "policy.loaded", actorId: "bot", outcome: `${loadedBy} ${digest}` }],
    tell: [{ kind: "policy_changed", before, after: digest }],
  });
}
