import { type Answer, jsonAnswer } from "../answer";
import { xmlAnswer } from "./errors";
import { denied, type IamCall, invalid, missing } from "./iam-call";
import { mayChange, mayHandOut, readRoles, roleProblem } from "./roles";

/** A key and its roles in one call. A repeat with the same `req_uuid` makes another key: nobody knows that Tigris does not. */
export function createKeyWithRoles(call: IamCall): Answer {
  const { organisation, caller } = call;
  const { name, req_uuid: requestUuid, buckets_role: asked = [] } = requestOf(call);
  if (typeof name !== "string" || name === "" || typeof requestUuid !== "string" || requestUuid === "")
    return invalid(call, "name and req_uuid are required");
  const roles = readRoles(asked);
  if (!roles) return invalid(call, "buckets_role is no list of buckets and roles");
  const problem = roleProblem(organisation, roles);
  if (problem) return invalid(call, problem);
  if (!mayHandOut(caller, roles)) return denied(call);
  const key = organisation.addKey(name, roles, caller.accessKeyId);
  return jsonAnswer(200, {
    CreateAccessKeyResult: {
      AccessKey: {
        AccessKeyId: key.accessKeyId,
        SecretAccessKey: key.secret,
        UserName: key.name,
        CreateDate: new Date(key.createdAt).toISOString(),
        Status: "Active",
      },
    },
  });
}

/** Replaces all roles of a key. */
export function updateRoles(call: IamCall): Answer {
  const { id, buckets_role: asked } = requestOf(call);
  const key = typeof id === "string" ? call.organisation.keys.get(id) : undefined;
  if (!key) return missing(call);
  const roles = readRoles(asked);
  if (!roles) return invalid(call, "buckets_role is no list of buckets and roles");
  const problem = roleProblem(call.organisation, roles);
  if (problem) return invalid(call, problem);
  if (!mayChange(call.caller, key) || !mayHandOut(call.caller, roles)) return denied(call);
  key.bucketsRole = roles;
  return jsonAnswer(200, { status: "success", operation: "update", message: "updated" });
}

export function rotateKey(call: IamCall): Answer {
  const key = call.organisation.keys.get(call.params.AccessKeyId ?? "");
  if (!key) return missing(call);
  if (!mayChange(call.caller, key)) return denied(call);
  const secret = call.organisation.rotate(key);
  return jsonAnswer(200, {
    status: "success",
    message: "rotated",
    rotate_access_key_result: { id: key.accessKeyId, new_secret: secret },
  });
}

export function deleteKey(call: IamCall): Answer {
  const key = call.organisation.keys.get(call.params.AccessKeyId ?? "");
  if (!key) return missing(call);
  if (!mayChange(call.caller, key)) return denied(call);
  call.organisation.removeKey(key.accessKeyId);
  return xmlAnswer(200, "<DeleteAccessKeyResponse><ResponseMetadata/></DeleteAccessKeyResponse>");
}

/** Switches a key off or on. */
export function updateKey(call: IamCall): Answer {
  const { AccessKeyId: id = "", Status: status } = call.params;
  const key = call.organisation.keys.get(id);
  if (!key) return missing(call);
  if (status !== "Active" && status !== "Inactive") return invalid(call, "Status is Active or Inactive");
  if (!mayChange(call.caller, key)) return denied(call);
  key.status = status === "Active" ? "active" : "inactive";
  return xmlAnswer(200, "<UpdateAccessKeyResponse><ResponseMetadata/></UpdateAccessKeyResponse>");
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
