import { type Answer, jsonAnswer } from "../answer";
import { doneAnswer, resultAnswer } from "./answers";
import { errorAnswer } from "./errors";
import { denied, type IamCall, invalid, missing } from "./iam-call";
import type { BucketRole, StoredKey } from "./organization";
import { mayChange, mayHandOut, readRoles, roleProblem } from "./roles";

/**
 * A key and its roles in one call. `req_uuid` may be left out, and a repeat of it makes another key:
 * nobody knows that Tigris does not.
 */
export function createKeyWithRoles(call: IamCall): Answer {
  const { organization, caller } = call;
  const { name, buckets_role: asked = [] } = requestOf(call);
  if (typeof name !== "string" || name === "") return invalid(call, "name is required");
  const roles = readRoles(asked);
  if (!roles) return invalid(call, "buckets_role is no list of buckets and roles");
  const refusal = refusalOf(call, roles);
  if (refusal) return refusal;
  if (!mayHandOut(caller, roles)) return denied(call);
  const key = organization.addKey(name, roles, caller.accessKeyId);
  return jsonAnswer(200, { CreateAccessKeyResult: madeKey(key) });
}

/** A key without roles, as AWS's clients ask for it. Its name where none is given is a guess. */
export function createKey(call: IamCall): Answer {
  const { organization, caller, params } = call;
  if (!mayHandOut(caller, [])) return denied(call);
  return resultAnswer(call, madeKey(organization.addKey(params.UserName ?? "unnamed", [], caller.accessKeyId)));
}

function madeKey(key: StoredKey): Record<string, unknown> {
  return {
    AccessKey: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secret,
      UserName: key.name,
      CreateDate: new Date(key.createdAt).toISOString(),
      Status: "Active",
    },
  };
}

/** Replaces all roles of a key. */
export function updateRoles(call: IamCall): Answer {
  const { id, buckets_role: asked } = requestOf(call);
  const key = typeof id === "string" ? call.organization.keys.get(id) : undefined;
  if (!key) return missing(call);
  const roles = readRoles(asked);
  if (!roles) return invalid(call, "buckets_role is no list of buckets and roles");
  const refusal = refusalOf(call, roles);
  if (refusal) return refusal;
  if (!mayChange(call.caller, key) || !mayHandOut(call.caller, roles)) return denied(call);
  call.organization.setRoles(key, roles);
  return jsonAnswer(200, { status: "success", operation: "update", message: "updated" });
}

export function rotateKey(call: IamCall): Answer {
  const key = call.organization.keys.get(call.params.AccessKeyId ?? "");
  if (!key) return missing(call);
  if (!mayChange(call.caller, key)) return denied(call);
  const secret = call.organization.rotate(key);
  return jsonAnswer(200, {
    status: "success",
    message: "rotated",
    rotate_access_key_result: { id: key.accessKeyId, new_secret: secret },
  });
}

export function deleteKey(call: IamCall): Answer {
  const key = call.organization.keys.get(call.params.AccessKeyId ?? "");
  if (!key) return missing(call);
  if (!mayChange(call.caller, key)) return denied(call);
  call.organization.removeKey(key.accessKeyId);
  return doneAnswer(call);
}

/** Switches a key off or on. */
export function updateStatus(call: IamCall): Answer {
  const { AccessKeyId: id = "", Status: status } = call.params;
  const key = call.organization.keys.get(id);
  if (!key) return missing(call);
  if (status !== "Active" && status !== "Inactive") return invalid(call, "Status is Active or Inactive");
  if (!mayChange(call.caller, key)) return denied(call);
  const { refuseInactive, ignoreInactive } = call.organization.behaviour;
  if (status === "Active") call.organization.setStatus(key, "active");
  else if (refuseInactive !== null) return errorAnswer(call.format, 400, refuseInactive, "Inactive is not taken.");
  else if (!ignoreInactive) call.organization.setStatus(key, "inactive");
  return doneAnswer(call);
}

/** Why roles are given to no key, whoever asks; null if nothing is wrong with them. */
function refusalOf(call: IamCall, roles: readonly BucketRole[]): Answer | null {
  const { refuseAllBuckets } = call.organization.behaviour;
  const problem = roleProblem(call.organization, roles);
  if (problem) return invalid(call, problem);
  if (refuseAllBuckets === null || !roles.some(({ bucket, role }) => bucket === "*" && role !== "NamespaceAdmin"))
    return null;
  return errorAnswer(call.format, 400, refuseAllBuckets, "* is only taken for NamespaceAdmin.");
}

function requestOf({ params }: IamCall): Record<string, unknown> {
  try {
    const request: unknown = JSON.parse(params.Req ?? "");
    return typeof request === "object" && request !== null ? { ...request } : {};
  } catch {
    // What is no JSON lacks every field, and is refused for that.
    return {};
  }
}
