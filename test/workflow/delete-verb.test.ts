import type { SlackUser } from "../../src/domain/person";
import { deleteKey } from "../../src/workflow/delete";
import { createManualClock } from "../kit/manual-clock";
import { emptyStore, newKey, newRequest } from "../store/filled";
import { SETTINGS } from "./samples";

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

const HOME = { teamId: "T1", enterpriseId: null };

const never = (): never => {
  throw new Error("nothing is called");
};

test("whoever was looked at while there was no such key deletes none that comes to be meanwhile", async () => {
  const { store, stop } = await emptyStore();
  await store.transact((tx) => tx.requests.insert(newRequest("r1")));
  const outcome = await deleteKey(
    {
      store,
      clock: createManualClock(5_000),
      log: { info: never, warn: never, error: never },
      wake: never,
      ids: { unique: () => "a1", randomByte: never },
      home: { known: () => HOME, askAgain: async () => HOME, noteOutsider: never },
      people: {
        user: async (id) => {
          await store.transact((tx) => tx.keys.insert(newKey("r1")));
          return { kind: "found", user: { ...MEMBER, id } };
        },
        groupMembers: async () => ({ kind: "listed", userIds: [] }),
        lookingFor: never,
      },
      messenger: { postSecret: never },
      tigris: {
        createKey: never,
        setRoles: never,
        setStatus: never,
        readKey: never,
        policiesOf: never,
        keysMadeBy: never,
        rotateKey: never,
        deleteKey: never,
        findKeysByName: never,
        listBuckets: never,
        organization: never,
        checkOwnKey: never,
      },
      policy: { inForce: never },
      settings: {
        limits: {
          maxDeletionsPerHour: 20,
          requestTtlMs: 1,
          revealTtlMs: 1,
          endGraceMs: 604_800_000,
          orphanGraceMs: 604_800_000,
          rotateAfterMs: null,
        },
        approvers: { users: [], groups: ["S1"] },
        approvalsChannelId: "C1",
        ownAccessKeyId: "tid_own",
        handout: SETTINGS.handout,
        leaseHolder: "bot",
        keepMs: 1,
      },
      allBuckets: { noteRefused: never, isRefused: never },
    },
    { actor: { userId: "UEVE", teamId: "T1", enterpriseId: null, userTeamId: null }, accessKeyId: "tid_r1" },
  );
  expect(outcome).toMatchObject({ kind: "refused", code: "unknown_key" });
  expect((await store.read((record) => record.keys.find("tid_r1")))?.state.kind).toBe("live");
  await stop();
});
