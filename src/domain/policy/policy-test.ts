import type { Access } from "../permission";

/** What a policy is expected to say to a request. */
export type Expectation =
  /** Each rule that needs approvals, by its name, and how many. */
  | { kind: "approvals"; counts: Readonly<Record<string, number>> }
  /** Allowed, and nobody has to approve. */
  | { kind: "none" }
  | { kind: "refused" };

/** A case that stands in the policy's file, so that a change of its rules shows what it changes. */
export type PolicyTest = {
  /** The requester's user id. */
  person: string;
  /** The user groups that they are taken to be in: a test asks Slack nothing. */
  groups: readonly string[];
  access: Access;
  expect: Expectation;
};
