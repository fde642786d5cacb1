import type { SlackUser } from "../../src/domain/person";
import type { RefusalCode } from "../../src/domain/refusal";
import { decideDeleteMade, deleteMadeKey } from "../../src/workflow/delete-made";
import type { TigrisPort } from "../../src/workflow/tigris-port";
import { REQUESTS } from "../domain/samples";
import { createManualClock } from "../kit/manual-clock";
import { emptyStore, type Filled, newKey, newRequest } from "../store/filled";
import { IN_TIME, OWN_KEY, recorded, SETTINGS } from "./samples";

const CLICK = {
  isRecorded: false,
  names: { id: "attempt-9", leaseHolder: "bot/9" },
  actorId: "UANN",
  accessKeyId: "tid_child",
  at: IN_TIME,
};

test("the intent names who wanted which key gone, and changes no key of the record", () => {
  const step = decideDeleteMade(recorded({ request: REQUESTS.made }), CLICK);
  expect(step).toMatchObject({
    actorId: "UANN",
    events: [{ name: "key.made_deletion", actorId: "UANN", outcome: "tid_child" }],
    attempt: { to: { accessKeyId: "tid_child", actorId: "UANN", work: { kind: "delete", phase: "calling" } } },
  });
  expect(step).not.toHaveProperty("key");
});

test("what is on the record, or of no request, is not deleted so", () => {
  const refusal = { kind: "refused", code: "unknown_key" };
  expect(decideDeleteMade(recorded({ request: REQUESTS.made }), { ...CLICK, isRecorded: true })).toMatchObject(refusal);
  expect(decideDeleteMade(recorded({}), CLICK)).toMatchObject(refusal);
});

describe("at the click Tigris says whose a key is", () => {
  const HOME = { teamId: "T1", enterpriseId: null };
  const MEMBER: Omit<SlackUser, "id"> = {
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
  const never = (): never => {
    throw new Error("nothing is called");
  };

  let filled: Filled;
  let deleted: string[];
  beforeEach(async () => {
    deleted = [];
    filled = await emptyStore();
    await filled.store.transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      await tx.keys.insert(newKey("r1"));
    });
  });
  afterEach(() => filled.stop());

  type Read = Awaited<ReturnType<TigrisPort["readKey"]>>;
  const madeBy = (creator: string | null, accessKeyId = "tid_child"): Read => ({
    kind: "there",
    key: { accessKeyId, name: "child", createdAtMs: 1, creator, roles: [], status: "active" },
  });
  const click = (read: Read, { accessKeyId = "tid_child", userId = "UANN" } = {}) => {
    const tigris = {
      readKey: async () => read,
      deleteKey: async (id: string) => {
        deleted.push(id);
        return { kind: "deleted" };
      },
    };
    const ports = {
      store: filled.store,
      clock: createManualClock(5_000),
      log: { info: never, warn: never, error: never },
      wake: () => {},
      ids: { unique: () => "a1", randomByte: never },
      home: { known: () => HOME, askAgain: async () => HOME, noteOutsider: never },
      people: {
        user: async (id: string) => ({ kind: "found", user: { ...MEMBER, id } }),
        groupMembers: never,
        lookingFor: never,
      },
      messenger: { postSecret: never },
      tigris,
      settings: SETTINGS,
      allBuckets: { noteRefused: never, isRefused: never },
    } as unknown as Parameters<typeof deleteMadeKey>[0];
    const actor = { userId, teamId: "T1", enterpriseId: null, userTeamId: null };
    return deleteMadeKey(ports, { actor, accessKeyId });
  };

  test("what a key of ours has made goes", async () => {
    expect(await click(madeBy("tid_r1"))).toMatchObject({ kind: "done", code: "made_deleted" });
    expect(deleted).toEqual(["tid_child"]);
  });

  test.each<[string, Read, Parameters<typeof click>[1], RefusalCode]>([
    ["what somebody else's key has made", madeBy("tid_else"), {}, "unknown_key"],
    ["what nobody says who made it", madeBy(null), {}, "unknown_key"],
    ["the bot's own key, whoever made it", madeBy("tid_r1", OWN_KEY), { accessKeyId: OWN_KEY }, "unknown_key"],
    ["a key on the record", madeBy("tid_r1", "tid_r1"), { accessKeyId: "tid_r1" }, "unknown_key"],
    ["what Tigris does not show", { kind: "absent" }, {}, "made_gone"],
    ["what nobody can look at", { kind: "unavailable", reason: "timeout" } as Read, {}, "made_unknown"],
    ["what a member who is no approver points at", madeBy("tid_r1"), { userId: "UEVE" }, "not_approver"],
  ])("%s does not", async (_what, read, changes, code) => {
    expect(await click(read, changes)).toMatchObject({ kind: "refused", code });
    expect(deleted).toEqual([]);
  });
});
