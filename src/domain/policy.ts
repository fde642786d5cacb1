import { isOpenTimeOver } from "./due";
import { coverOf, type Key } from "./key";
import type { Access } from "./permission";
import type { ApprovalClass } from "./policy/from-settings";

export { APPROVAL_CLASSES, type ApprovalClass } from "./policy/from-settings";

export type Policy = {
  approvalFor: readonly ApprovalClass[];
  maxKeysPerUser: number;
  /** How many keys of others one person may delete within an hour; each further one waits for somebody else. */
  maxDeletionsPerHour: number;
  /** How long a request waits for a decision, in milliseconds. */
  requestTtlMs: number;
  /** How long an approval can be used, in milliseconds. */
  revealTtlMs: number;
};

/**
 * Whether a person has to approve a new secret of a key: as for the key itself, unless the approval of its last secret still
 * covers another one, since nobody has said that it was saved.
 */
export function newSecretNeedsApproval(
  { access, state }: Pick<Key, "access" | "state">,
  approvalFor: readonly ApprovalClass[],
  at: number,
): boolean {
  const cover = coverOf(state);
  return needsApproval(access, approvalFor) && (cover === null || isOpenTimeOver(cover.until, at));
}

/** Whether a person has to approve such a key. An Admin key always needs it, whatever the configuration says. */
export function needsApproval(access: Access, approvalFor: readonly ApprovalClass[]): boolean {
  switch (access.permission) {
    case "Admin":
      return true;
    case "Editor":
      return approvalFor.includes("editor") || (access.buckets.kind === "all" && approvalFor.includes("editor-all"));
    case "ReadOnly":
      return (
        approvalFor.includes("readonly") || (access.buckets.kind === "all" && approvalFor.includes("readonly-all"))
      );
  }
}
