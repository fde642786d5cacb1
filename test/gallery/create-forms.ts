import type { ModalView } from "@slack/types";
import type { FieldProblem } from "../../src/domain/input-rules";
import { MAX_BUCKETS, MAX_KEY_NAME, MIN_REASON } from "../../src/domain/limits";
import { policyFromSettings } from "../../src/domain/policy/from-settings";
import { createdView } from "../../src/slack/create-form/created-view";
import { type Draft, emptyDraft } from "../../src/slack/create-form/draft";
import { createForm, type Offer } from "../../src/slack/create-form/view";
import type { BucketTrouble } from "../../src/workflow/buckets";
import type { DecidersOfRule } from "../../src/workflow/check-deciders";
import { flat, mapped, type States } from "./entry";
import { APPROVALS, APPROVERS, HANDOUT, POLICY, REASON, request, UNASKED } from "./records";
import { REQUEST_STATES } from "./states";

/** What may be wrong with a field, each once. */
export const PROBLEMS: { [Code in FieldProblem["code"]]: Extract<FieldProblem, { code: Code }> } = {
  name_characters: { code: "name_characters", instead: "my-key" },
  too_long: { code: "too_long", max: MAX_KEY_NAME, length: 61 },
  reason_too_short: { code: "reason_too_short", min: MIN_REASON },
  bucket_count: { code: "bucket_count", max: MAX_BUCKETS },
  buckets_gone: { code: "buckets_gone", names: ["builds", "logs"] },
  life_too_long: { code: "life_too_long", longestMs: 2_592_000_000 },
  day_over: { code: "day_over" },
};

const EMPTY: Draft = { ...emptyDraft(""), format: "shell" };
const FILLED: Draft = { ...EMPTY, keyName: "ci-uploader", buckets: ["builds", "logs"] };
const ALL_BUCKETS: Draft = { ...FILLED, permission: "Editor", allBuckets: true };
const ADMIN: Draft = { ...EMPTY, keyName: "deploy", permission: "Admin", reason: REASON };

/** As the policy is where nothing is set. */
const OFFER: Offer = {
  policy: POLICY,
  allBuckets: true,
  endpoints: HANDOUT.offered,
  bucketTrouble: null,
};
const SETTINGS = { approvers: APPROVERS, requesters: null, maxKeysPerUser: 20 };
const STRICT: Offer = { ...OFFER, policy: policyFromSettings({ ...SETTINGS, approvalFor: ["admin", "editor-all"] }) };
const BY_NAME = { users: ["UANN00001", "UBOB00001"], groups: [] };
const PEOPLE: Offer = {
  ...OFFER,
  policy: policyFromSettings({ ...SETTINGS, approvalFor: ["admin"], approvers: BY_NAME }),
};

const TROUBLES: { [Trouble in BucketTrouble]: Offer } = {
  none: { ...OFFER, bucketTrouble: "none" },
  forbidden: { ...OFFER, bucketTrouble: "forbidden" },
  slow: { ...OFFER, bucketTrouble: "slow" },
  unavailable: { ...OFFER, bucketTrouble: "unavailable" },
};

type Shown = Parameters<typeof createForm>[0];

function decidedBy(changes: Partial<DecidersOfRule>): DecidersOfRule {
  return { rule: "admin", people: APPROVERS, count: 1, others: 2, isAll: true, ...changes };
}

const QUIET: Shown = {
  draft: FILLED,
  offer: OFFER,
  approval: [],
  lasts: { defaultMs: null, longestMs: null },
  problem: null,
};
const DECIDED: Shown = { ...QUIET, draft: ADMIN, approval: [decidedBy({ others: 2 })] };

const LASTS = { defaultMs: 604_800_000, longestMs: 2_592_000_000 };
const UNTIL = { value: "day", day: "2026-12-12" };

const SHAPES: States<Shown> = flat<Shown>({
  "how long": {
    "7 days, 30 at most": { ...QUIET, lasts: LASTS },
    "until a day": { ...QUIET, lasts: LASTS, draft: { ...FILLED, life: UNTIL } },
  },
  empty: { "": { ...QUIET, draft: EMPTY } },
  "filled in": { "": QUIET },
  "all buckets": {
    "": { ...QUIET, draft: ALL_BUCKETS },
    "to be approved": { ...DECIDED, draft: ALL_BUCKETS, offer: STRICT },
    "not offered": { ...QUIET, offer: { ...OFFER, allBuckets: false } },
  },
  "no buckets to choose": mapped(TROUBLES, (offer) => ({ ...QUIET, draft: EMPTY, offer })),
  Admin: {
    "": DECIDED,
    "one approver": { ...DECIDED, approval: [decidedBy({ others: 1 })] },
    "approvers by name": { ...DECIDED, offer: PEOPLE, approval: [decidedBy({ people: BY_NAME })] },
    "two of three": { ...DECIDED, approval: [decidedBy({ count: 2, others: 3 })] },
    "two of those that Slack tells of": { ...DECIDED, approval: [decidedBy({ count: 2, others: 3, isAll: false })] },
    "two rules": { ...DECIDED, approval: [decidedBy({}), decidedBy({ rule: "production data", count: 2, others: 5 })] },
    "nobody to approve": {
      ...DECIDED,
      approval: { kind: "refused", code: "no_other_approver", about: decidedBy({ others: 0 }) },
    },
  },
  "one endpoint": { "": { ...QUIET, offer: { ...OFFER, endpoints: ["Default"] } } },
  "Fly endpoint": { "": { ...QUIET, draft: { ...FILLED, endpoint: "Fly" } } },
  "name of the command": {
    "with odd characters": { ...QUIET, draft: { ...FILLED, keyName: "my key" } },
    "too long": {
      ...QUIET,
      draft: { ...FILLED, keyName: "a-key-for-everything-that-the-build-server-ever-does-at-night" },
    },
  },
  refused: { "": { ...QUIET, problem: { kind: "refused", code: "quota", about: { max: 20 } } } },
  "buckets are gone": {
    "": { ...QUIET, problem: { kind: "invalid", field: "buckets", problem: PROBLEMS.buckets_gone } },
  },
  "reason too short": {
    "": {
      ...DECIDED,
      draft: { ...ADMIN, reason: "because" },
      problem: { kind: "invalid", field: "reason", problem: PROBLEMS.reason_too_short },
    },
  },
});

/** After a form was sent somewhere else than in the DM. */
export function sentView(asked: Parameters<typeof createdView>[0]["request"]): ModalView {
  const dmUrl = "https://acme-sandbox.slack.com/archives/DDANA0001";
  return createdView({ request: asked, dmUrl, approvalsChannelId: APPROVALS });
}

/** The form for a new key, and what comes after it. */
export const CREATE_FORMS = {
  ...mapped(SHAPES, createForm),
  "sent, approved by policy": sentView(request(REQUEST_STATES.approved["by a person"], UNASKED)),
  "sent, waiting": sentView(request(REQUEST_STATES.pending[""])),
};

/** The form in which errors are said beside their fields. */
export const FORM_WITH_ERRORS = createForm(DECIDED);
