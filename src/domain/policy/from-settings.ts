import type { Permission } from "../permission";
import type { People } from "../person";
import type { Policy, Rule } from "./rule";

/** What an approval can be asked for by variables. `editor` and `readonly` cover their `-all` too. */
export const APPROVAL_CLASSES = ["admin", "editor-all", "editor", "readonly-all", "readonly"] as const;
export type ApprovalClass = (typeof APPROVAL_CLASSES)[number];

/** What the variables of the environment say about who may ask for what, and who decides. */
export type PolicySettings = {
  approvalFor: readonly ApprovalClass[];
  approvers: People;
  /** Null: every full member. */
  requesters: People | null;
  maxKeysPerUser: number;
};

/** The policy that the variables amount to. An Admin key always needs an approval, whatever they say. */
export function policyFromSettings({ approvalFor, approvers, requesters, maxKeysPerUser }: PolicySettings): Policy {
  const rule = (name: string, when: Rule["when"], isDecided: boolean): Rule => ({
    name,
    when,
    ask: requesters,
    decide: isDecided ? { people: approvers, count: 1 } : null,
    lasts: null,
    escalate: null,
  });
  const decided = (["Editor", "ReadOnly"] as const).flatMap((permission) => {
    const whole = classOf(permission);
    const isWhole = approvalFor.includes(whole);
    const name = isWhole ? whole : (`${whole}-all` as const);
    if (!approvalFor.includes(name)) return [];
    return [rule(name, { permissions: [permission], buckets: isWhole ? ANY_BUCKET : null, allBuckets: true }, true)];
  });
  const isAllDecided = approvalFor.includes("editor") && approvalFor.includes("readonly");
  const rest = { permissions: ["Editor", "ReadOnly"], buckets: ANY_BUCKET, allBuckets: true } as const;
  return {
    rules: [
      rule("admin", { permissions: ["Admin"], buckets: null, allBuckets: false }, true),
      ...decided,
      ...(isAllDecided ? [] : [rule("everything else", rest, false)]),
    ],
    maxKeysPerUser,
    breakGlass: null,
  };
}

/** Named ones and all of them: without a pattern a rule for all buckets is for these alone. */
const ANY_BUCKET = ["*"];

function classOf(permission: Exclude<Permission, "Admin">): "editor" | "readonly" {
  return permission === "Editor" ? "editor" : "readonly";
}
