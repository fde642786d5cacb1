import type { Key } from "../../src/domain/key";
import { MAX_ASKED_PER_HOUR, MAX_WAITING } from "../../src/domain/limits";
import type { QuotaUse } from "../../src/domain/quota";
import type { RefusalCode } from "../../src/domain/refusal";
import type { Asked } from "../../src/domain/request";
import { decideCreate } from "../../src/workflow/create";
import { NO_CHANGE } from "../../src/workflow/step";
import { PENDING, POLICY, REQUESTS, RULING, SECRET_ASKED, SECRETS } from "../domain/samples";
import { KEYS } from "./keys";
import { HOUR, NOW, recorded, SETTINGS } from "./samples";

const { limits } = SETTINGS;
const FREE: QuotaUse = { taken: 0, waiting: 0, askedInHour: 0 };
const ASKED = {
  id: "request-9",
  reference: "AAAABBBB",
  requesterId: "UDEV",
  asked: REQUESTS.pending.asked,
  reason: "Nightly backups",
  viewId: "V1",
  dmChannelId: "D1",
};

const create = (
  {
    asksPeople = true,
    ...changes
  }: Partial<{
    use: QuotaUse;
    keyAskedFor: Key | null;
    isAskedAlready: boolean;
    asksPeople: boolean;
    requesterId: string;
    asked: Asked;
  }>,
  before = recorded({}),
) =>
  decideCreate(before, {
    ...ASKED,
    use: FREE,
    keyAskedFor: null,
    isAskedAlready: false,
    limits,
    policy: POLICY,
    at: NOW,
    ...changes,
    ...(asksPeople ? {} : { asked: asEditor(changes.asked ?? ASKED.asked) }),
  });

/** The same of an access that needs nobody's yes. */
function asEditor(asked: Asked): Asked {
  return { ...asked, access: { permission: "Editor", buckets: { kind: "named", names: ["builds"] } } };
}

test("what people decide waits for them, for as long as policy says", () => {
  expect(create({ asksPeople: true })).toEqual({
    kind: "step",
    actorId: "UDEV",
    newRequest: {
      ...ASKED,
      needsApproval: true,
      askedAt: NOW,
      review: null,
      state: { ...PENDING, lapsesAt: NOW + 72 * HOUR },
      event: "request.created",
      outcome: "created",
    },
    events: [],
  });
});

test("what policy allows is approved at once, by policy", () => {
  const ruling = { ...RULING, rules: ["everything else"] };
  const approval = { by: { kind: "policy" }, at: NOW, ruling, isAnew: false };
  expect(create({ asksPeople: false })).toMatchObject({
    actorId: "UDEV",
    newRequest: {
      needsApproval: false,
      event: "request.created",
      state: { kind: "approved", approval, lapsesAt: NOW + 24 * HOUR, isExtended: false, failure: null },
    },
    events: [{ name: "request.approved", actorId: "policy", outcome: "approved by everything else" }],
  });
});

const { maxKeysPerUser } = POLICY;
test.each<[string, Partial<QuotaUse>, people: RefusalCode | null, byPolicy: RefusalCode | null]>([
  ["nothing yet", {}, null, null],
  ["one key less than the quota", { taken: maxKeysPerUser - 1 }, null, null],
  ["as many keys as the quota", { taken: maxKeysPerUser }, "quota", "quota"],
  ["more keys than the quota, which was lowered", { taken: maxKeysPerUser + 3 }, "quota", "quota"],
  ["room for one more that waits", { waiting: MAX_WAITING - 1 }, null, null],
  ["as many that wait as may", { waiting: MAX_WAITING }, "too_many_waiting", null],
  ["one question left in this hour", { askedInHour: MAX_ASKED_PER_HOUR - 1 }, null, null],
  ["asked as often as one may in an hour", { askedInHour: MAX_ASKED_PER_HOUR }, "too_many_asked", null],
  ["everything at its limit", { taken: maxKeysPerUser, waiting: 9, askedInHour: 99 }, "quota", "quota"],
])("with %s", (_what, use, people, byPolicy) => {
  for (const [asksPeople, code] of [[true, people] as const, [false, byPolicy] as const]) {
    const decided = create({ use: { ...FREE, ...use }, asksPeople });
    if (code === null) expect(decided).toMatchObject({ kind: "step", newRequest: { id: "request-9" } });
    else expect(decided).toMatchObject({ kind: "refused", code });
  }
});

describe("a new secret of a key that is there", () => {
  const secret = (changes: Parameters<typeof create>[0] = {}) => create({ asked: SECRET_ASKED, ...changes });

  test("waits for people, or is approved at once, as a key is", () => {
    expect(secret()).toMatchObject({ newRequest: { asked: SECRET_ASKED, state: { kind: "pending" } } });
    expect(secret({ asksPeople: false })).toMatchObject({ newRequest: { state: { kind: "approved" } } });
  });

  test("makes no key more, so the quota is no limit", () => {
    expect(secret({ use: { ...FREE, taken: maxKeysPerUser + 3 } })).toMatchObject({ kind: "step" });
  });

  test.each<[Partial<QuotaUse>, RefusalCode]>([
    [{ waiting: MAX_WAITING }, "too_many_waiting"],
    [{ askedInHour: MAX_ASKED_PER_HOUR }, "too_many_asked"],
  ])("asks people no more often than a key does: %j", (use, code) => {
    expect(secret({ use: { ...FREE, ...use } })).toMatchObject({ kind: "refused", code });
  });

  test("is asked for once at a time", () => {
    const already = { kind: "refused", code: "already_asked", about: { keyName: "deploy" } };
    for (const asksPeople of [true, false]) expect(secret({ isAskedAlready: true, asksPeople })).toEqual(already);
  });
});

describe.each(Object.values(REQUESTS))("a form that made a request, which is $state.kind", (request) => {
  test("changes nothing when it is sent again, whatever room there is", () => {
    const full = { taken: 99, waiting: 99, askedInHour: 99 };
    for (const use of [FREE, full])
      for (const isAskedAlready of [true, false])
        expect(create({ use, isAskedAlready }, recorded({ request }))).toBe(NO_CHANGE);
  });

  test("is refused to anybody else, who learns nothing of it", () => {
    const decided = create({ requesterId: "UEVE" }, recorded({ request }));
    expect(decided).toEqual({ kind: "refused", code: "unknown_request", about: {} });
  });
});

test.each([
  ["deleting", "key_deleting"],
  ["deleted", "already_deleted"],
  ["off", "key_off"],
  ["switching_on", "key_switching_on"],
  ["rotating", "key_rotating"],
] as const)("no new secret is asked of a key that is %s by the time it is written down", (kind, code) => {
  const { asked } = SECRETS.pending;
  expect(create({ asked, keyAskedFor: KEYS[kind] })).toMatchObject({ kind: "refused", code });
  expect(create({ asked, keyAskedFor: KEYS.live })).toMatchObject({ kind: "step" });
});
