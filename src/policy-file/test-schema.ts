import { z } from "zod";
import { MAX_BUCKETS } from "../domain/limits";
import type { Access } from "../domain/permission";
import { MAX_COUNT, MAX_PEOPLE, MAX_RULES } from "../domain/policy/limits";
import type { Expectation, PolicyTest } from "../domain/policy/policy-test";
import { bucketName, expected, groupId, listOf, NONE, permission, upTo, userId, yesOrNo } from "./values";

const REFUSED = "refused";

const counts = z
  .record(z.string(), upTo(MAX_COUNT), expected("the approvals of each rule, as in { admin: 1 }"))
  .refine((named) => Object.keys(named).length > 0, { error: "names no rule: write none where nobody has to approve" })
  .refine((named) => Object.keys(named).length <= MAX_RULES, { error: `names more than ${MAX_RULES} rules` });

const expectation = z
  .union(
    [z.literal(NONE), z.literal(REFUSED), counts],
    expected(`${NONE}, ${REFUSED} or the approvals of each rule, as in { admin: 1 }`),
  )
  .transform((read): Expectation => (typeof read === "string" ? { kind: read } : { kind: "approvals", counts: read }));

/** One case of a policy's file: who asks for what, and what is expected to be said to it. */
export const policyTest = z
  .strictObject(
    {
      person: userId,
      groups: listOf(groupId, { what: "ids of user groups", most: MAX_PEOPLE })
        .optional()
        .describe("The user groups that the person is taken to be in. Left out: none."),
      permission,
      buckets: listOf(bucketName, { what: "bucket names", most: MAX_BUCKETS }).optional(),
      allBuckets: yesOrNo.optional(),
      expect: expectation,
    },
    expected("a case: person, permission, buckets or allBuckets, expect"),
  )
  .transform(({ person, groups = [], permission, buckets, allBuckets, expect }, context): PolicyTest => {
    const access = toAccess(permission, buckets, allBuckets ?? false);
    if (access !== null) return { person, groups, access, expect };
    context.addIssue({ code: "custom", message: "needs either buckets or allBuckets: true; Admin needs neither" });
    return z.NEVER;
  });

function toAccess(
  permission: Access["permission"],
  names: readonly string[] | undefined,
  isAll: boolean,
): Access | null {
  if (permission === "Admin") return names === undefined ? { permission, buckets: { kind: "all" } } : null;
  if ((names === undefined) !== isAll) return null;
  return { permission, buckets: names === undefined ? { kind: "all" } : { kind: "named", names } };
}
