import type { Key } from "../../domain/key";
import type { Access } from "../../domain/permission";
import { accessDraft, type Draft } from "../create-form/draft";

/** What is in the form for another access, finished or not. The key only names what it is about. */
export type AccessDraft = Pick<Draft, "permission" | "buckets" | "allBuckets" | "reason"> & { accessKeyId: string };

/** The form filled in with an access. */
export function draftOf({ accessKeyId }: Pick<Key, "accessKeyId">, access: Access, reason: string): AccessDraft {
  return { accessKeyId, ...accessDraft(access), reason };
}
