import type { KnownBlock } from "@slack/types";
import { PERMISSIONS, type Permission } from "../../domain/permission";
import type { People } from "../../domain/person";
import { needsApproval, type Policy } from "../../domain/policy";
import { inputLabel } from "../blocks/input";
import { mentioningOption, option } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";
import { PERMISSION_WORDS } from "../words/permission";
import { group, joined, type Sentence, user } from "../words/sentence";
import type { Draft } from "./draft";

/** The policy in force: what needs an approval, and whose. */
export type ApprovalRule = Pick<Policy, "approvalFor"> & { approvers: People };

/** Radio buttons for the permission, each with what it may do, and whose approval it needs by itself. */
export function permissionInput({ permission }: Draft, rule: ApprovalRule): KnownBlock {
  const toOption = (value: Permission) => {
    const description = PERMISSION_WORDS[value];
    return needs(rule, value, "named")
      ? mentioningOption({ value, ...withApproval(value, rule), description })
      : option({ value, description });
  };
  return {
    type: "input",
    block_id: BLOCKS.permission,
    label: inputLabel("Permission"),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.permission,
      options: PERMISSIONS.map(toOption),
      initial_option: toOption(permission),
    },
  };
}

export const ONLY_THESE = "Only these buckets";
export const ALL_BUCKETS = "All buckets, new ones included";

/** Radio buttons for which buckets; whose approval all of them need, where some would need none. */
export function bucketAccessInput({ permission, allBuckets }: Draft, rule: ApprovalRule): KnownBlock {
  const isMore = needs(rule, permission, "all") && !needs(rule, permission, "named");
  const value = "all";
  const all = isMore
    ? mentioningOption({ value, ...withApproval(ALL_BUCKETS, rule) })
    : option({ value, label: ALL_BUCKETS });
  const named = option({ value: "named", label: ONLY_THESE });
  return {
    type: "input",
    block_id: BLOCKS.bucketAccess,
    label: inputLabel("Bucket access"),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.bucketAccess,
      options: [named, all],
      initial_option: allBuckets ? all : named,
    },
  };
}

/** Whether a permission needs an approval, whatever is chosen beside it (`named`), or with all buckets. */
function needs({ approvalFor }: ApprovalRule, permission: Permission, buckets: "named" | "all"): boolean {
  if (permission === "Admin") return true;
  const scope = buckets === "all" ? ({ kind: "all" } as const) : ({ kind: "named", names: [] } as const);
  return needsApproval({ permission, buckets: scope }, approvalFor);
}

/** "Admin · needs approval by @key-approvers". */
function withApproval(what: string, { approvers }: ApprovalRule): { label: Sentence; shorter: string } {
  const note = `${what} · needs approval`;
  return { label: [`${note} by `, ...approverNames(approvers)], shorter: note };
}

/** "@key-approvers or @ann". */
export function approverNames({ groups, users }: People): Sentence {
  return joined(
    [...groups.map(group), ...users.map(user)].map((part) => [part]),
    " or ",
  );
}
