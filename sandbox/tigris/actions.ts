import { type Answer, jsonAnswer } from "../answer";
import { type ErrorFormat, errorAnswer, xml, xmlAnswer } from "./errors";
import { type BucketRole, isAdmin, type Organisation, reaches, type StoredKey } from "./organisation";

/** One call of the IAM endpoint, signed by `caller`. */
export type IamCall = {
  organisation: Organisation;
  caller: StoredKey;
  params: Record<string, string>;
  isDetailed: boolean;
  wantsJson: boolean;
  format: ErrorFormat;
  pageSize: number;
  listed: { creator: boolean; createdAt: boolean };
};

type Action = (call: IamCall) => Answer;

/** The actions that there are. */
export const ACTIONS: Record<string, Action> = {
  CreateAccessKeyWithBucketsRole: createWithRole,
  UpdateAccessKeyWithBucketsRole: updateRole,
  RotateAccessKey: rotate,
  ListAccessKeys: (call) => (call.isDetailed ? listDetailed(call) : list(call)),
  DeleteAccessKey: remove,
  CreateAccessKey: create,
  UpdateAccessKey: update,
};

const denied = ({ format }: IamCall): Answer => errorAnswer(format, 403, "AccessDenied", "Access Denied.");
const missing = ({ format }: IamCall): Answer =>
  errorAnswer(format, 404, "NoSuchEntity", "The access key does not exist.");
const invalid = ({ format }: IamCall, what: string): Answer => errorAnswer(format, 400, "InvalidArgument", what);

function createWithRole(call: IamCall): Answer {
  const { organisation, caller } = call;
  const asked = requestOf(call) as { name?: string; req_uuid?: string; buckets_role?: BucketRole[] } | null;
  if (!asked?.name || !asked.req_uuid) return invalid(call, "name and req_uuid are required");
  const roles = asked.buckets_role ?? [];
  const problem = roleProblem(organisation, roles);
  if (problem) return invalid(call, problem);
  if (!mayHandOut(caller, roles)) return denied(call);
  const key = organisation.addKey(asked.name, roles, caller.accessKeyId);
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

function updateRole(call: IamCall): Answer {
  const asked = requestOf(call) as { id?: string; buckets_role?: BucketRole[] } | null;
  const key = call.organisation.keys.get(asked?.id ?? "");
  if (!asked || !key) return missing(call);
  const roles = asked.buckets_role ?? [];
  const problem = roleProblem(call.organisation, roles);
  if (problem) return invalid(call, problem);
  if (!mayHandOut(call.caller, roles) || !mayChange(call.caller, key)) return denied(call);
  key.bucketsRole = roles;
  return jsonAnswer(200, { status: "success", operation: "update", message: "updated" });
}

function rotate(call: IamCall): Answer {
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

function remove(call: IamCall): Answer {
  const key = call.organisation.keys.get(call.params.AccessKeyId ?? "");
  if (!key) return missing(call);
  if (!mayChange(call.caller, key)) return denied(call);
  call.organisation.keys.delete(key.accessKeyId);
  return xmlAnswer(200, "<DeleteAccessKeyResponse><ResponseMetadata/></DeleteAccessKeyResponse>");
}

function create(call: IamCall): Answer {
  if (!mayList(call.caller)) return denied(call);
  const key = call.organisation.addKey(call.params.UserName ?? "unnamed", [], call.caller.accessKeyId);
  return xmlAnswer(
    200,
    `<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey><UserName>${xml(key.name)}</UserName><AccessKeyId>${key.accessKeyId}</AccessKeyId><Status>Active</Status><SecretAccessKey>${key.secret}</SecretAccessKey></AccessKey></CreateAccessKeyResult></CreateAccessKeyResponse>`,
  );
}

function update(call: IamCall): Answer {
  const key = call.organisation.keys.get(call.params.AccessKeyId ?? "");
  if (!key) return missing(call);
  if (!mayChange(call.caller, key)) return denied(call);
  key.status = call.params.Status === "Inactive" ? "inactive" : "active";
  return xmlAnswer(200, "<UpdateAccessKeyResponse><ResponseMetadata/></UpdateAccessKeyResponse>");
}

/** One page. The marker is the id of the last key of the page before. */
function page(call: IamCall): { keys: StoredKey[]; marker: string | null } {
  const { organisation, params } = call;
  const size = Math.min(Number(params.MaxItems ?? call.pageSize) || call.pageSize, call.pageSize, 1_000);
  const all = organisation.listed();
  const start = params.Marker ? all.findIndex(({ accessKeyId }) => accessKeyId === params.Marker) + 1 : 0;
  const keys = all.slice(start, start + size);
  return { keys, marker: start + size < all.length ? (keys.at(-1)?.accessKeyId ?? null) : null };
}

function listDetailed(call: IamCall): Answer {
  if (!mayList(call.caller)) return denied(call);
  const { KeyId: keyId } = call.params;
  const one = keyId === undefined ? null : call.organisation.listed().filter((key) => key.accessKeyId === keyId);
  const { keys, marker } = one ? { keys: one, marker: null } : page(call);
  return jsonAnswer(200, {
    IsTruncated: marker !== null,
    ...(marker === null ? {} : { Marker: marker }),
    Keys: keys.map((key) => ({
      access_key_id: key.accessKeyId,
      username: key.name,
      ...(call.listed.createdAt ? { created_at: new Date(key.createdAt).toISOString() } : {}),
      ...(call.listed.creator && key.creator ? { creator: key.creator } : {}),
      namespace_id: call.organisation.namespaceId,
      status: key.status,
      buckets_role: key.bucketsRole,
    })),
  });
}

function list(call: IamCall): Answer {
  if (!mayList(call.caller)) return denied(call);
  const { keys, marker } = page(call);
  const members = keys.map(
    (key) =>
      `<member><UserName>${xml(key.name)}</UserName><AccessKeyId>${key.accessKeyId}</AccessKeyId><Status>${key.status === "active" ? "Active" : "Inactive"}</Status><CreateDate>${new Date(key.createdAt).toISOString()}</CreateDate></member>`,
  );
  const more =
    marker === null ? "<IsTruncated>false</IsTruncated>" : `<IsTruncated>true</IsTruncated><Marker>${marker}</Marker>`;
  return xmlAnswer(
    200,
    `<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata>${members.join("")}</AccessKeyMetadata>${more}</ListAccessKeysResult></ListAccessKeysResponse>`,
  );
}

function requestOf({ params }: IamCall): unknown {
  try {
    return JSON.parse(params.Req ?? "");
  } catch {
    // Answered as a bad request.
    return null;
  }
}

function roleProblem(organisation: Organisation, roles: readonly BucketRole[]): string | null {
  const buckets = roles.map(({ bucket }) => bucket);
  if (buckets.includes("*") && buckets.length > 1) return "* can't be mixed with named buckets";
  const known = roles.every(({ role }) => ["ReadOnly", "Editor", "NamespaceAdmin"].includes(role));
  if (!known) return "unknown role";
  if (roles.some(({ bucket, role }) => role === "NamespaceAdmin" && bucket !== "*")) return "NamespaceAdmin needs *";
  const missingBucket = buckets.find((bucket) => bucket !== "*" && !organisation.buckets.includes(bucket));
  return missingBucket ? `bucket ${missingBucket} does not exist` : null;
}

/** Editor on the same buckets hands out a role on them; an admin's key only an admin's. */
function mayHandOut(caller: StoredKey, roles: readonly BucketRole[]): boolean {
  if (isAdmin(caller)) return true;
  return (
    roles.length > 0 &&
    roles.every(({ bucket, role }) => role !== "NamespaceAdmin" && reaches(caller, bucket, "Editor"))
  );
}

function mayChange(caller: StoredKey, key: StoredKey): boolean {
  return isAdmin(caller) || key.creator === caller.accessKeyId;
}

function mayList(caller: StoredKey): boolean {
  return isAdmin(caller) || caller.bucketsRole.some(({ role }) => role === "Editor");
}
