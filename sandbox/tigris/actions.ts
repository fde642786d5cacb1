import type { Answer } from "../answer";
import { createKeyWithRoles, deleteKey, rotateKey, updateKey, updateRoles } from "./change-keys";
import { errorAnswer } from "./errors";
import type { IamCall } from "./iam-call";
import { listKeys } from "./list-keys";

const ACTIONS = new Map<string, (call: IamCall) => Answer>([
  ["CreateAccessKeyWithBucketsRole", createKeyWithRoles],
  ["UpdateAccessKeyWithBucketsRole", updateRoles],
  ["RotateAccessKey", rotateKey],
  ["ListAccessKeys", listKeys],
  ["DeleteAccessKey", deleteKey],
  ["UpdateAccessKey", updateKey],
]);

/** Answers a call of the IAM endpoint by its `Action`. */
export function answerIam(call: IamCall): Answer {
  const { Action: name } = call.params;
  if (name === undefined) return errorAnswer(call.format, 400, "MissingAction", "Action is missing.");
  const action = ACTIONS.get(name);
  return action ? action(call) : errorAnswer(call.format, 400, "InvalidAction", "There is no such action.");
}
