import { visible } from "../../domain/input-rules";
import type { Endpoint, Permission } from "../../domain/permission";
import type { Request } from "../../domain/request";

/** What is in the form, finished or not. */
export type Draft = {
  keyName: string;
  permission: Permission;
  /** Those chosen, also while all buckets or Admin make the choice absent. */
  buckets: readonly string[];
  allBuckets: boolean;
  endpoint: Endpoint;
  reason: string;
};

export function emptyDraft(keyName: string): Draft {
  return {
    keyName: visible(keyName),
    permission: "ReadOnly",
    buckets: [],
    allBuckets: false,
    endpoint: "Default",
    reason: "",
  };
}

/** The form as it was for an earlier request. */
export function draftOf({ asked, reason }: Request): Draft {
  const { keyName, access, endpoint } = asked;
  const { buckets, permission } = access;
  return {
    keyName,
    permission,
    buckets: buckets.kind === "named" ? buckets.names : [],
    allBuckets: buckets.kind === "all" && permission !== "Admin",
    endpoint,
    reason: reason ?? "",
  };
}

/** Whether the form has a select for buckets: with all of them chosen there is none, nor for Admin keys. */
export function hasBucketSelect({ permission, allBuckets }: Draft): boolean {
  return permission !== "Admin" && !allBuckets;
}
