import type { Permission } from "../permission";
import type { People } from "../person";
import type { Lasts, Policy, Rule } from "./rule";

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
  /** How long keys live, for each permission; where left out, as long as they are wanted. */
  lasts?: { readonly [Of in Permission]: Lasts };
};

/** The policy that the variables amount to. An Admin key always needs an approval, whatever they say. */
export function policyFromSettings(settings: PolicySettings): Policy {
  const { approvalFor, approvers, requesters, maxKeysPerUser } = settings;
  const lastsOf = (permission: Permission) => lastsIn(settings, permission);
  const rule = (name: string, when: Rule["when"], isDecided: boolean): Rule => ({
    name,
    when,
    ask: requesters,
    decide: isDecided ? { people: approvers, count: 1 } : null,
    lasts: lastsOf(when.permissions[0] ?? "ReadOnly"),
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
  const any = { buckets: ANY_BUCKET, allBuckets: true };
  const isSame = JSON.stringify(lastsOf("Editor")) === JSON.stringify(lastsOf("ReadOnly"));
  const rest = isSame
    ? [rule("everything else", { permissions: ["Editor", "ReadOnly"], ...any }, false)]
    : (["Editor", "ReadOnly"] as const).map((one) => rule(`other ${one} keys`, { permissions: [one], ...any }, false));
  return {
    rules: [
      rule("admin", { permissions: ["Admin"], buckets: null, allBuckets: false }, true),
      ...decided,
      ...(isAllDecided ? [] : rest),
    ],
    maxKeysPerUser,
    breakGlass: null,
  };
}

/** Null where nothing is said of it. */
function lastsIn({ lasts }: PolicySettings, permission: Permission): Lasts | null {
  const said = lasts?.[permission];
  return said === undefined || (said.defaultMs === null && said.longestMs === null) ? null : said;
}

/** Named ones and all of them: without a pattern a rule for all buckets is for these alone. */
const ANY_BUCKET = ["*"];

function classOf(permission: Exclude<Permission, "Admin">): "editor" | "readonly" {
  return permission === "Editor" ? "editor" : "readonly";
}
