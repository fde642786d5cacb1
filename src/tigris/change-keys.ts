import { randomUUID } from "node:crypto";
import type { BucketScope, Permission } from "../domain/permission";
import type { CreateAnswer, DeleteAnswer, RotateAnswer } from "../workflow/tigris-port";
import { isDeleted, madeKey, rotatedSecret } from "./changed-key";
import { isGone, lost, type Mutate } from "./mutate";
import { bucketRoles } from "./roles";

/** Makes a key with its role, in one call. `name` is the key's whole name. */
export async function createKey(
  mutate: Mutate,
  { name, permission, buckets }: { name: string; permission: Permission; buckets: BucketScope },
): Promise<CreateAnswer> {
  const action = "CreateAccessKeyWithBucketsRole";
  const roles = bucketRoles(permission, buckets);
  // Nothing was asked for: a key with the wrong reach must not come to be.
  if (!roles) return { kind: "refused", status: 0, code: "invalid_buckets" };
  // Tigris may take a repeated id for a repeated call (unproven): each call has its own.
  const request = { req_uuid: randomUUID(), name, buckets_role: roles };
  const mutated = await mutate({ action, query: { Action: action }, form: { Req: JSON.stringify(request) } });
  return mutated.kind === "accepted" ? madeKey(mutated, name) : mutated;
}

/** Gives a key a new secret; the old one stops at once. */
export async function rotateKey(mutate: Mutate, id: string): Promise<RotateAnswer> {
  const action = "RotateAccessKey";
  const mutated = await mutate({ action, query: { Action: action }, form: { Action: action, AccessKeyId: id } });
  if (isGone(mutated)) return { kind: "gone" };
  return mutated.kind === "accepted" ? rotatedSecret(mutated, id) : mutated;
}

/** Deletes a key. What is not clearly a yes counts as lost: a deletion may be repeated. */
export async function deleteKey(mutate: Mutate, id: string): Promise<DeleteAnswer> {
  const action = "DeleteAccessKey";
  // The version of the query protocol (AWS IAM).
  const form = { Action: action, Version: "2010-05-08", AccessKeyId: id };
  const mutated = await mutate({ action, query: { Action: action }, form });
  if (isGone(mutated)) return { kind: "gone" };
  if (mutated.kind !== "accepted") return mutated;
  return isDeleted(mutated.tree) ? { kind: "deleted" } : lost("malformed", mutated.requestId);
}
