import type { Answer } from "../answer";
import { createKey, createKeyWithRoles, deleteKey, rotateKey, updateRoles, updateStatus } from "./change-keys";
import {
  attachPolicy,
  createPolicy,
  deletePolicy,
  detachPolicy,
  forceDeletePolicy,
  updatePolicy,
} from "./change-policies";
import { errorAnswer } from "./errors";
import { denied, type IamCall } from "./iam-call";
import { listKeys } from "./list-keys";
import { isDenied } from "./policy";
import {
  getPolicy,
  getPolicyDetailed,
  getPolicyVersion,
  listEntities,
  listPolicies,
  listUserPolicies,
} from "./show-policies";

const ACTIONS = new Map<string, (call: IamCall) => Answer>([
  ["CreateAccessKey", createKey],
  ["CreateAccessKeyWithBucketsRole", createKeyWithRoles],
  ["UpdateAccessKeyWithBucketsRole", updateRoles],
  ["RotateAccessKey", rotateKey],
  ["ListAccessKeys", listKeys],
  ["DeleteAccessKey", deleteKey],
  ["UpdateAccessKey", updateStatus],
  ["CreatePolicy", createPolicy],
  ["UpdatePolicy", updatePolicy],
  ["DeletePolicy", deletePolicy],
  ["ForceDeletePolicy", forceDeletePolicy],
  ["AttachUserPolicy", attachPolicy],
  ["DetachUserPolicy", detachPolicy],
  ["GetPolicy", getPolicy],
  ["GetPolicyDetailed", getPolicyDetailed],
  ["GetPolicyVersion", getPolicyVersion],
  ["ListPolicies", listPolicies],
  ["ListUserPolicies", listUserPolicies],
  ["ListEntitiesForPolicy", listEntities],
]);

/** Answers a call of the IAM endpoint by its `Action`. */
export function answerIam(call: IamCall): Answer {
  const { Action: name } = call.params;
  if (name === undefined) return errorAnswer(call.format, 400, "MissingAction", "Action is missing.");
  const action = ACTIONS.get(name);
  if (action && isDenied(call.organization, call.caller, `iam:${name}`, "*")) return denied(call);
  return action ? action(call) : errorAnswer(call.format, 501, "NotImplemented", `${name} is not there.`);
}
