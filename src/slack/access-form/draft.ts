import type { Key } from "../../domain/key";
import type { Access } from "../../domain/permission";
import type { Draft } from "../create-form/draft";

/** What is in the form for another access, finished or not. The key only names what it is about. */
export type AccessDraft = Pick<Draft, "permission" | "buckets" | "allBuckets" | "reason"> & { accessKeyId: string };

/** The form filled in with an access. */
export function draftOf(
  { accessKeyId }: Pick<Key, "accessKeyId">,
  { permission, buckets }: Access,
  reason: string,
): AccessDraft {
  return {
    accessKeyId,
    permission,
    buckets: buckets.kind === "named" ? buckets.names : [],
    allBuckets: buckets.kind === "all" && permission !== "Admin",
    reason,
  };
}
