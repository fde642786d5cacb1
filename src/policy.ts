import { createHash } from "node:crypto";
import type { Config } from "./config";
import { policyFromSettings } from "./domain/policy/from-settings";
import type { Policy } from "./domain/policy/rule";
import type { PolicyPort } from "./workflow/policy-port";

/** The policy that the variables of the environment amount to: the same as long as the process runs. */
export function policyOfConfig({ policy, people }: Pick<Config, "policy" | "people">): PolicyPort {
  const { approvers, requesters } = people;
  return fixedPolicy(policyFromSettings({ ...policy, approvers, requesters }));
}

/** A policy that never changes. */
export function fixedPolicy(policy: Policy): PolicyPort {
  const digest = createHash("sha256").update(JSON.stringify(policy)).digest("hex");
  return { inForce: async () => ({ policy, digest }) };
}
