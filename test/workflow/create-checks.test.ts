import { MAX_BUCKETS } from "../../src/domain/limits";
import type { Access } from "../../src/domain/permission";
import type { SlackUser } from "../../src/domain/person";
import { fixedPolicy } from "../../src/policy";
import { createRequest } from "../../src/workflow/create";
import { POLICY, policyOf } from "../domain/samples";
import { emptyStore, type Filled } from "../store/filled";
import { NOW, SETTINGS } from "./samples";

type Ports = Parameters<typeof createRequest>[0];

const DEV: SlackUser = {
  id: "UDEV",
  teamId: "T1",
  enterpriseId: null,
  enterpriseUserId: null,
  enterpriseTeams: [],
  deleted: false,
  isBot: false,
  isGuest: false,
  isStranger: false,
  isInvited: false,
  timeZone: null,
};
const ACTOR = { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: null };
const REASON = "Nightly backups of the build server";
const NO_ANSWER = { kind: "unavailable", reason: "timeout" } as const;
const ALONE = fixedPolicy(policyOf(["admin"], { users: ["UDEV"], groups: [] }));
const person = (user: SlackUser): Pick<Ports, "people"> => {
  const people: Ports["people"] = {
    user: async () => ({ kind: "found", user }),
    groupMembers: async () => NO_ANSWER,
    lookingFor: () => people,
  };
  return { people };
};
const HOME = { teamId: "T1", enterpriseId: null };
const slack = (messenger: Partial<Ports["messenger"]>): Pick<Ports, "messenger"> => ({
  messenger: {
    openDm: async () => ({ kind: "opened", channelId: "D1" }),
    approvalsChannel: async () => ({ kind: "fit" }),
    ...messenger,
  },
});
const unfit = async () => ({ kind: "unfit", channel: { code: "archived", channelId: "C1" } }) as const;
const buckets = (list: Awaited<ReturnType<Ports["tigris"]["listBuckets"]>>): Pick<Ports, "tigris"> => ({
  tigris: { listBuckets: async () => list },
});

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

function create(access: Access, reason: string | null, changes: Partial<Ports> = {}) {
  const silent = () => {};
  const ports: Ports = {
    store: filled.store,
    clock: { now: () => NOW, monotonicMs: () => NOW, wait: async () => {} },
    log: { info: silent, warn: silent, error: silent },
    wake: silent,
    policy: fixedPolicy(POLICY),
    ids: { unique: () => "request-9", randomByte: () => 7 },
    settings: SETTINGS,
    home: { known: () => HOME, askAgain: async () => HOME, noteOutsider: () => {} },
    ...person(DEV),
    ...slack({}),
    ...buckets({ kind: "listed", names: ["builds", "logs"] }),
    ...changes,
  };
  const asked = { kind: "key", keyName: "deploy", access, endpoint: "Default", format: "shell" } as const;
  return createRequest(ports, { actor: ACTOR, viewId: "V1", form: { asked, life: null, reason } });
}

const ADMIN: Access = { permission: "Admin", buckets: { kind: "all" } };
const of = (...names: string[]): Access => ({ permission: "ReadOnly", buckets: { kind: "named", names } });
const many = Array.from({ length: MAX_BUCKETS + 1 }, (_, index) => `bucket-${index}`);
const listed = buckets({ kind: "listed", names: many });

test.each<[string, Access, Partial<Ports>]>([
  ["an Admin key with a reason", ADMIN, {}],
  ["a key for buckets that there are", of("builds", "logs"), {}],
  ["a key for as many buckets as may be", of(...many.slice(1)), listed],
])("%s is asked for", async (_what, access, changes) => {
  expect(await create(access, REASON, changes)).toMatchObject({ kind: "created", dmChannelId: "D1" });
});

test.each<[string, Access, string | null, Partial<Ports>, object]>([
  ["no bucket", of(), null, {}, { kind: "invalid", problem: { code: "bucket_count", max: MAX_BUCKETS } }],
  ["too many buckets", of(...many), null, listed, { kind: "invalid", problem: { code: "bucket_count" } }],
  ["a bucket that is gone", of("builds", "old"), null, {}, { problem: { code: "buckets_gone", names: ["old"] } }],
  ["buckets of which nobody knows", of("builds"), null, buckets(NO_ANSWER), { code: "buckets_unknown" }],
  ["an Admin key without a reason", ADMIN, "please", {}, { kind: "invalid", problem: { code: "reason_too_short" } }],
  ["what only they themselves could approve", ADMIN, REASON, { policy: ALONE }, { code: "no_other_approver" }],
  [
    "what is decided in a channel that is not fit",
    ADMIN,
    REASON,
    slack({ approvalsChannel: unfit }),
    { code: "channel_unfit" },
  ],
  [
    "what is decided in a channel of which nobody knows",
    ADMIN,
    REASON,
    slack({ approvalsChannel: async () => NO_ANSWER }),
    { code: "not_checked" },
  ],
  ["a key without a DM for it", ADMIN, REASON, slack({ openDm: async () => NO_ANSWER }), { code: "dm_unavailable" }],
  ["a key as a guest", of("builds"), null, person({ ...DEV, isGuest: true }), { code: "guest" }],
])("nobody asks for %s", async (_what, access, reason, changes, refused) => {
  expect(await create(access, reason, changes)).toMatchObject(refused);
  expect(await filled.store.read((record) => record.requests.find("request-9"))).toBeNull();
});
