import type { Answer } from "../answer";
import { doneAnswer, resultAnswer } from "./answers";
import { errorAnswer } from "./errors";
import { denied, type IamCall, invalid, missing } from "./iam-call";
import type { StoredKey } from "./organization";
import { type Policy, readStatements, unknownResource } from "./policy";
import { isAdmin } from "./roles";
import { policyView } from "./show-policies";

export function createPolicy(call: IamCall): Answer {
  const { organization, params, format } = call;
  const { PolicyName: name = "", PolicyDocument: document = "", Description: description = "" } = params;
  const refusal = refusalOf(call, document);
  if (refusal) return refusal;
  if (name === "") return invalid(call, "PolicyName is required");
  if (organization.policies.has(name))
    return errorAnswer(format, 409, "EntityAlreadyExists", `There is a policy ${name}.`);
  const policy = organization.addPolicy({ name, document, description });
  return resultAnswer(call, { Policy: policyView(organization, policy) });
}

/** Replaces the document of a policy (Tigris's own action). */
export function updatePolicy(call: IamCall): Answer {
  const { organization, params } = call;
  const { PolicyDocument: document = "", Description: description } = params;
  const refusal = refusalOf(call, document);
  if (refusal) return refusal;
  const policy = organization.policyByArn(params.PolicyArn ?? "");
  if (!policy) return missing(call, "policy");
  Object.assign(policy, {
    document,
    updatedAt: organization.now(),
    ...(description === undefined ? {} : { description }),
  });
  return resultAnswer(call, { Policy: policyView(organization, policy) });
}

/** A policy that is attached to a key stays, as at AWS: a guess. */
export function deletePolicy(call: IamCall): Answer {
  return removePolicy(call, false);
}

/** Takes a policy from every key, and away (Tigris's own action). */
export function forceDeletePolicy(call: IamCall): Answer {
  return removePolicy(call, true);
}

function removePolicy(call: IamCall, isForced: boolean): Answer {
  const { organization, caller, params, format } = call;
  if (!isAdmin(caller)) return denied(call);
  const policy = organization.policyByArn(params.PolicyArn ?? "");
  if (!policy) return missing(call, "policy");
  const holders = organization.holdersOf(policy.name);
  if (holders.length > 0 && !isForced) return errorAnswer(format, 409, "DeleteConflict", "It is attached to a key.");
  for (const key of holders) organization.detach(key, policy.name);
  organization.policies.delete(policy.name);
  return doneAnswer(call);
}

export function attachPolicy(call: IamCall): Answer {
  return withBoth(call, (key, { name }) => {
    call.organization.attach(key, name);
    return doneAnswer(call);
  });
}

export function detachPolicy(call: IamCall): Answer {
  return withBoth(call, (key, { name }) => {
    if (!key.policies.includes(name)) return missing(call, "policy");
    call.organization.detach(key, name);
    return doneAnswer(call);
  });
}

/** Where AWS takes the name of a user, Tigris takes the id of a key. */
function withBoth(call: IamCall, act: (key: StoredKey, policy: Policy) => Answer): Answer {
  const { organization, caller, params } = call;
  if (!isAdmin(caller)) return denied(call);
  const key = organization.keys.get(params.UserName ?? "");
  const policy = organization.policyByArn(params.PolicyArn ?? "");
  if (!policy) return missing(call, "policy");
  return key ? act(key, policy) : missing(call);
}

function refusalOf(call: IamCall, document: string): Answer | null {
  if (!isAdmin(call.caller)) return denied(call);
  const malformed = (what: string) => errorAnswer(call.format, 400, "MalformedPolicyDocument", what);
  const statements = readStatements(document);
  if (!statements) return malformed("PolicyDocument is no document.");
  const unknown = unknownResource(call.organization, statements);
  return unknown === undefined ? null : malformed(`${unknown} does not exist.`);
}
