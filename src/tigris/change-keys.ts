import { randomUUID } from "node:crypto";
import type { Access } from "../domain/permission";
import type { ChangeAnswer, CreateAnswer, DeleteAnswer, RotateAnswer, TigrisRefusal } from "../workflow/tigris-port";
import { hasSucceeded, isDone, madeKey, rotatedSecret } from "./changed-key";
import { isGone, lost, type Mutate, type Mutated } from "./mutate";
import type { Tree } from "./parse";
import { bucketRoles } from "./roles";

/** The version of the query protocol, which the standard actions name (AWS IAM). */
const VERSION = "2010-05-08";

/** No such scope: nothing was asked for, since no key may get the wrong reach. */
const INVALID_BUCKETS: TigrisRefusal = { kind: "refused", status: 0, code: "invalid_buckets" };

/** Makes a key without a role: it opens none of the buckets that there are. `name` is its whole name. */
export async function createKey(mutate: Mutate, { name }: { name: string }): Promise<CreateAnswer> {
  const action = "CreateAccessKeyWithBucketsRole";
  // Tigris may take a repeated id for a repeated call (unproven): each call has its own.
  const request = { req_uuid: randomUUID(), name, buckets_role: [] };
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
  const form = { Action: action, Version: VERSION, AccessKeyId: id };
  const mutated = await mutate({ action, query: { Action: action }, form });
  if (isGone(mutated)) return { kind: "gone" };
  if (mutated.kind !== "accepted") return mutated;
  return isDone(mutated.tree) ? { kind: "deleted" } : lost("malformed", mutated.requestId);
}

/** Sets all roles of a key at once, those that it had before are gone; null takes all away. The secret stays. */
export async function setRoles(mutate: Mutate, id: string, access: Access | null): Promise<ChangeAnswer> {
  const action = "UpdateAccessKeyWithBucketsRole";
  const roles = access === null ? [] : bucketRoles(access);
  if (!roles) return INVALID_BUCKETS;
  const form = { Req: JSON.stringify({ id, buckets_role: roles }) };
  return changed(await mutate({ action, query: { Action: action }, form }), hasSucceeded);
}

/** Switches a key on or off; its roles stay. */
export async function setStatus(mutate: Mutate, id: string, status: "Active" | "Inactive"): Promise<ChangeAnswer> {
  const action = "UpdateAccessKey";
  const form = { Action: action, Version: VERSION, AccessKeyId: id, Status: status };
  return changed(await mutate({ action, query: { Action: action }, form }), isDone);
}

function changed(mutated: Mutated, isYes: (tree: Tree) => boolean): ChangeAnswer {
  if (isGone(mutated)) return { kind: "gone" };
  if (mutated.kind !== "accepted") return mutated;
  return isYes(mutated.tree) ? { kind: "changed" } : lost("malformed", mutated.requestId);
}
