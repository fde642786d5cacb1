import type { KnownBlock } from "@slack/types";
import { PERMISSIONS, type Permission } from "../../domain/permission";
import { type People, peopleOfAll } from "../../domain/person";
import { needOfChoice } from "../../domain/policy/choice-needs";
import type { DecidedRule } from "../../domain/policy/judge";
import type { Policy } from "../../domain/policy/rule";
import { inputLabel } from "../blocks/input";
import { mentioningOption, option } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";
import { PERMISSION_WORDS } from "../words/permission";
import { group, joined, type Sentence, user } from "../words/sentence";
import type { Draft } from "./draft";

type Rules = Pick<Policy, "rules">;

type Id = keyof typeof ACTIONS & keyof typeof BLOCKS;

/** The ids of the fields for an access in one form, by their names: a choice is drawn again by the form that it is made in. */
export type AccessIds = { permission: Id; bucketAccess: Id; buckets: Id };

export const CREATE_IDS = { permission: "permission", bucketAccess: "bucketAccess", buckets: "buckets" } as const;

/** Radio buttons for the permission, each with what it may do, and whose approval it needs by itself. */
export function permissionInput(
  { permission }: Pick<Draft, "permission">,
  policy: Rules,
  ids: AccessIds = CREATE_IDS,
): KnownBlock {
  const toOption = (value: Permission) => {
    const description = PERMISSION_WORDS[value];
    const need = needOfChoice(value, "named", policy);
    if (need.kind === "always") return mentioningOption({ value, ...withApproval(value, need.rules), description });
    return need.kind === "some"
      ? option({ value, label: `${value} · some buckets need approval`, description })
      : option({ value, description });
  };
  return {
    type: "input",
    block_id: BLOCKS[ids.permission],
    label: inputLabel("Permission"),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: ACTIONS[ids.permission],
      options: PERMISSIONS.map(toOption),
      initial_option: toOption(permission),
    },
  };
}

export const ONLY_THESE = "Only these buckets";
export const ALL_BUCKETS = "All buckets, new ones included";

/** Radio buttons for which buckets; whose approval all of them need, where some would need none. */
export function bucketAccessInput(
  { permission, allBuckets }: Pick<Draft, "permission" | "allBuckets">,
  policy: Rules,
  ids: AccessIds = CREATE_IDS,
): KnownBlock {
  const need = needOfChoice(permission, "all", policy);
  const isMore = need.kind === "always" && needOfChoice(permission, "named", policy).kind !== "always";
  const value = "all";
  const all = isMore
    ? mentioningOption({ value, ...withApproval(ALL_BUCKETS, need.rules) })
    : option({ value, label: ALL_BUCKETS });
  const named = option({ value: "named", label: ONLY_THESE });
  return {
    type: "input",
    block_id: BLOCKS[ids.bucketAccess],
    label: inputLabel("Bucket access"),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: ACTIONS[ids.bucketAccess],
      options: [named, all],
      initial_option: allBuckets ? all : named,
    },
  };
}

/** "Admin · needs approval by @key-approvers". */
function withApproval(what: string, rules: readonly DecidedRule[]): { label: Sentence; shorter: string } {
  const note = `${what} · needs approval`;
  return {
    label: [`${note} by `, ...approverNames(peopleOfAll(rules.map(({ decide }) => decide.people)))],
    shorter: note,
  };
}

/** "@key-approvers or @ann". */
export function approverNames({ groups, users }: People): Sentence {
  return joined(
    [...groups.map(group), ...users.map(user)].map((part) => [part]),
    " or ",
  );
}
