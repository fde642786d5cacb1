import { visible } from "../../domain/input-rules";
import type { Access, Endpoint, Format, Permission } from "../../domain/permission";
import type { Request } from "../../domain/request";
import type { DraftLife } from "./life-fields";

/** What is in the form, finished or not. */
export type Draft = {
  keyName: string;
  permission: Permission;
  /** Those chosen, also while all buckets or Admin make the choice absent. */
  buckets: readonly string[];
  allBuckets: boolean;
  endpoint: Endpoint;
  /** Null for the one that its requester chose last. */
  format: Format | null;
  /** How long it is to live; null for what is usual. */
  life: DraftLife | null;
  reason: string;
  /** The conversation in which it was opened; null where that is not known. */
  openedIn: string | null;
};

export function emptyDraft(keyName: string): Draft {
  return {
    keyName: visible(keyName),
    permission: "ReadOnly",
    buckets: [],
    allBuckets: false,
    endpoint: "Default",
    format: null,
    life: null,
    reason: "",
    openedIn: null,
  };
}

/** The form as it was for an earlier request. */
export function draftOf({ asked, reason }: Request): Draft {
  const { keyName, access, endpoint } = asked;
  return {
    keyName,
    ...accessDraft(access),
    endpoint,
    format: asked.kind === "key" ? asked.format : null,
    life: asked.kind === "key" && asked.life.kind === "lasts" ? { value: String(asked.life.ms), day: null } : null,
    reason: reason ?? "",
    openedIn: null,
  };
}

/** An access, as the fields of a form have it. */
export function accessDraft({ permission, buckets }: Access): Pick<Draft, "permission" | "buckets" | "allBuckets"> {
  return {
    permission,
    buckets: buckets.kind === "named" ? buckets.names : [],
    allBuckets: buckets.kind === "all" && permission !== "Admin",
  };
}

/** Whether the form has a select for buckets: with all of them chosen there is none, nor for Admin keys. */
export function hasBucketSelect({ permission, allBuckets }: Pick<Draft, "permission" | "allBuckets">): boolean {
  return permission !== "Admin" && !allBuckets;
}
