import { type Key, type KeyState, NO_PAUSE } from "../../src/domain/key";
import { newAge } from "../../src/domain/key-age";
import type { LessAccess } from "../../src/domain/narrow";
import { type Access, ENDPOINT_URLS, type Endpoint, handoutOf } from "../../src/domain/permission";
import { policyFromSettings } from "../../src/domain/policy/from-settings";
import type { Policy, Rule } from "../../src/domain/policy/rule";
import type { Approval, Asked, Pending, Request, RequestState } from "../../src/domain/request";

/** The moment at which everything is looked at: pictures stay the same from day to day. */
export const NOW = Date.UTC(2026, 10, 26, 13, 20);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const minutesAgo = (minutes: number): number => NOW - minutes * MINUTE;
export const inHours = (hours: number): number => NOW + hours * HOUR;

/** People, groups and channels of the sandbox's workspace, so that its page knows their names. */
export const DANA = "UDANA0001";
export const ANN = "UANN00001";
export const BOB = "UBOB00001";
export const APPROVERS = { users: [], groups: ["SAPPROVE1"] };
export const POLICY = policyFromSettings({
  approvalFor: ["admin"],
  approvers: APPROVERS,
  requesters: null,
  maxKeysPerUser: 20,
});
/** Of a team: two have to approve what may be changed in its buckets. */
export const TEAM_RULE: Rule = {
  name: "team data",
  when: { permissions: ["Editor"], buckets: ["builds", "team-bucket-*"], allBuckets: false },
  ask: null,
  decide: { people: APPROVERS, count: 2 },
  lasts: null,
  escalate: null,
};
/** By which cards are drawn: each request that waits has its rule. */
export const WITH_TEAM: Pick<Policy, "rules"> = { rules: [TEAM_RULE, ...POLICY.rules] };
const RULING = { rules: ["admin"], lasts: { defaultMs: null, longestMs: null } };
export const APPROVALS = "CAPPROVE1";

/** As long as Tigris's own, and nobody's. */
export const KEY_ID = "tid_EXAMPLEONLYciuploaderABCDEFGHIJKLMNOPQRSTUVWXYZab";
export const ADMIN_KEY_ID = "tid_EXAMPLEONLYdeployABCDEFGHIJKLMNOPQRSTUVWXYZabcde";
export const EXAMPLE_SECRET = "tsec_EXAMPLE+ONLY/this+is+nobodys+key/0123456789abcdefghi";

export const READ_ONLY: Access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds", "logs"] } };
export const EDITOR: Access = { permission: "Editor", buckets: { kind: "named", names: ["media-archive"] } };
export const EDITOR_ALL: Access = { permission: "Editor", buckets: { kind: "all" } };
export const EDITOR_MANY: Access = {
  permission: "Editor",
  buckets: {
    kind: "named",
    names: Array.from({ length: 25 }, (_, at) => `team-bucket-${String(at + 1).padStart(2, "0")}`),
  },
};
export const ADMIN: Access = { permission: "Admin", buckets: { kind: "all" } };

/** Of a bot that reaches Tigris itself. */
export const HANDOUT = handoutOf({ ...ENDPOINT_URLS.Default, region: "auto" });

export const REASON = "Terraform creates the buckets of the new staging area";
export const DENIAL = "Editor on the staging buckets is enough for that. Ask again for those?";

/** The same with less than was asked for. */
export const LESS_BY_ANN: Approval = approvalBy([ANN], {
  permission: "Editor",
  buckets: { kind: "named", names: ["builds"] },
});
export const BY_ANN: Approval = approvalBy([ANN]);
export const BY_POLICY: Approval = {
  by: { kind: "policy" },
  at: minutesAgo(18),
  ruling: { rules: ["everything else"], lasts: { defaultMs: null, longestMs: null } },
  isAnew: false,
};

export const BY_GLASS: Approval = {
  by: { kind: "break_glass", lastsMs: 4 * HOUR },
  at: minutesAgo(18),
  ruling: { rules: [], lasts: { defaultMs: null, longestMs: null } },
  isAnew: false,
};

/** What people approved by the rules of the variables, with less than was asked for where that is named. */
export function approvalBy(approverIds: readonly string[], access: LessAccess | null = null): Approval {
  const votes = approverIds.map((approverId) => ({ approverId, at: minutesAgo(10), rules: ["admin"] }));
  return { by: { kind: "people", votes, access }, at: minutesAgo(10), ruling: RULING, isAnew: false };
}

/** It waits for the first time, and nobody has said yes. */
export const PENDING: Pending = {
  kind: "pending",
  lapsesAt: inHours(24),
  reminded: "not_yet",
  askedAgainAt: null,
  votes: [],
  narrowed: null,
  ruling: RULING,
  back: null,
  escalatesAt: null,
  escalated: [],
};

/** What is asked for, of each kind. */
export const ASKED: { [Kind in Asked["kind"]]: Extract<Asked, { kind: Kind }> } = {
  key: { kind: "key", format: "shell", life: { kind: "open" }, rotates: null, ...terms("deploy", ADMIN) },
  secret: { kind: "secret", accessKeyId: ADMIN_KEY_ID, ...terms("deploy", ADMIN) },
  resume: { kind: "resume", accessKeyId: ADMIN_KEY_ID, ...terms("deploy", ADMIN) },
  extend: { kind: "extend", accessKeyId: ADMIN_KEY_ID, ...terms("deploy", ADMIN) },
  takeover: { kind: "takeover", accessKeyId: ADMIN_KEY_ID, ...terms("deploy", ADMIN) },
  access: { kind: "access", accessKeyId: ADMIN_KEY_ID, from: EDITOR, ...terms("deploy", ADMIN) },
};

function terms(keyName: string, access: Access): { keyName: string; access: Access; endpoint: Endpoint } {
  return { keyName, access, endpoint: "Default" };
}

/** A second key that takes the place of one that is there. */
export const ROTATED: Asked = {
  ...ASKED.key,
  rotates: { accessKeyId: "tid_aBcDeFgHiJkLmNoPqRsT", overlapMs: 86_400_000 },
};

/** A request of Dana's for the Admin key that approvers decide about. */
export function request<State extends RequestState>(state: State, changes: Partial<Request> = {}): Request<State> {
  return {
    id: "request-1",
    reference: "K7QM2XAB",
    requesterId: DANA,
    asked: ASKED.key,
    reason: REASON,
    needsApproval: true,
    askedAt: minutesAgo(18),
    review: null,
    attempts: 0,
    version: 1,
    ...changes,
    state,
  };
}

/** What nobody has to approve. */
export const UNASKED = {
  asked: { kind: "key", format: "shell", life: { kind: "open" }, rotates: null, ...terms("ci-uploader", READ_ONLY) },
  reason: null,
  needsApproval: false,
  reference: "FYHK4GWA",
} satisfies Partial<Request>;

/** A key of Dana's, which policy approved. */
export function key<State extends KeyState>(state: State, changes: Partial<Key> = {}): Key<State> {
  return {
    accessKeyId: KEY_ID,
    requestId: "request-1",
    reference: "FYHK4GWA",
    ownerId: DANA,
    keyName: "ci-uploader",
    tigrisName: "ci-uploader-FYHK4GWA",
    access: READ_ONLY,
    endpoint: "Default",
    madeAt: minutesAgo(12),
    deliveryId: "delivery-1",
    pause: NO_PAUSE,
    end: null,
    rotation: null,
    age: newAge(minutesAgo(12)),
    accessChange: null,
    version: 1,
    ...changes,
    state,
  };
}

/** What makes of a key the one that approvers decided about. */
export const DEPLOY = {
  accessKeyId: ADMIN_KEY_ID,
  reference: "K7QM2XAB",
  keyName: "deploy",
  tigrisName: "deploy-K7QM2XAB",
  access: ADMIN,
} satisfies Partial<Key>;
