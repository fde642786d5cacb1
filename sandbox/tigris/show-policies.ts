import { type Answer, jsonAnswer } from "../answer";
import { resultAnswer } from "./answers";
import { denied, type IamCall, missing } from "./iam-call";
import type { Organization } from "./organization";
import type { Policy } from "./policy";
import { isAdmin } from "./roles";

/** A policy as answers show it, without its document. A change makes no version of its own: a guess. */
export function policyView(organization: Organization, policy: Policy): Record<string, unknown> {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: "/",
    DefaultVersionId: "v1",
    AttachmentCount: organization.holdersOf(policy.name).length,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt).toISOString(),
    UpdateDate: new Date(policy.updatedAt).toISOString(),
  };
}

/** All policies, on one page. */
export function listPolicies(call: IamCall): Answer {
  const { organization, caller } = call;
  if (!isAdmin(caller)) return denied(call);
  const policies = [...organization.policies.values()].map((policy) => policyView(organization, policy));
  return resultAnswer(call, { IsTruncated: false, Policies: policies });
}

export function getPolicy(call: IamCall): Answer {
  return withPolicy(call, (policy) => resultAnswer(call, { Policy: policyView(call.organization, policy) }));
}

/** A policy with its document and the keys that have it (Tigris's own action). */
export function getPolicyDetailed(call: IamCall): Answer {
  return withPolicy(call, (policy) => {
    const holders = call.organization.holdersOf(policy.name);
    const users = holders.map(({ accessKeyId, name }) => ({ UserId: accessKeyId, UserName: name }));
    const shown = { ...policyView(call.organization, policy), Document: policy.document, Users: users };
    return jsonAnswer(200, { PolicyDetailed: shown });
  });
}

export function getPolicyVersion(call: IamCall): Answer {
  return withPolicy(call, (policy) => {
    const { DefaultVersionId: id, UpdateDate: date } = policyView(call.organization, policy);
    const document = encodeURIComponent(policy.document);
    return resultAnswer(call, {
      PolicyVersion: { VersionId: id, IsDefaultVersion: true, CreateDate: date, Document: document },
    });
  });
}

/** The names of the policies of a key, whose id stands where AWS takes the name of a user. */
export function listUserPolicies(call: IamCall): Answer {
  const { organization, caller, params } = call;
  if (!isAdmin(caller)) return denied(call);
  const key = organization.keys.get(params.UserName ?? "");
  if (!key) return missing(call);
  return resultAnswer(call, { IsTruncated: false, PolicyNames: key.policies });
}

/** The keys that have a policy. */
export function listEntities(call: IamCall): Answer {
  return withPolicy(call, ({ name }) => {
    const holders = call.organization.holdersOf(name);
    const users = holders.map(({ accessKeyId }) => ({ UserName: accessKeyId, UserId: accessKeyId }));
    return resultAnswer(call, { IsTruncated: false, PolicyUsers: users, PolicyGroups: [], PolicyRoles: [] });
  });
}

function withPolicy(call: IamCall, show: (policy: Policy) => Answer): Answer {
  if (!isAdmin(call.caller)) return denied(call);
  const policy = call.organization.policyByArn(call.params.PolicyArn ?? "");
  return policy ? show(policy) : missing(call, "policy");
}
