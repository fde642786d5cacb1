import { policyFromSettings } from "../../../src/domain/policy/from-settings";
import type { PolicyPort } from "../../../src/workflow/policy-port";
import { APPROVERS_GROUP, LATER_APPROVALS } from "../../kit/people";
import { people, steeredPolicy } from "../../kit/steered-policy";

const { rules } = policyFromSettings({
  approvalFor: ["admin"],
  approvers: { users: [], groups: [APPROVERS_GROUP] },
  requesters: null,
  maxKeysPerUser: 20,
});

const steered = steeredPolicy(rules);

/** The policy of the tests' environment, by which somebody may break the glass besides. */
export const GLASS_POLICY: PolicyPort = { inForce: () => steered.inForce() };

/** Says who is on call from now on. */
export function putOnCall(...ids: string[]): void {
  steered.breakGlass = { who: people(...ids), lastsMs: 12 * 3_600_000, tellChannelId: LATER_APPROVALS };
}
