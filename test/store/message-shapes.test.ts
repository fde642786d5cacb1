import type {
  Alert,
  AlertData,
  Note,
  NoteData,
  Notice,
  NoticeData,
  OutboxMessage,
} from "../../src/workflow/outbox-message";
import { emptyStore, type Filled } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

/** Writes as another version might have. */
const execute = (sql: string) => filled.database.execute(sql);

test("sentences of version 1 in the outbox are kept as what they are", async () => {
  const old = [
    `{"kind":"notice","userId":"UDEV","sentence":["Hello"]}`,
    `{"kind":"approvals_note","requestId":"r1","sentence":["Hello"]}`,
    `{"kind":"alert","sentence":["Hello"]}`,
  ];
  for (const json of old)
    await execute(`insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
      values ('${json}', 1, 1, 0, 1, 0)`);
  const due = await filled.store.outbox.take("worker-1", 10);
  const written = { code: "written", about: { sentence: ["Hello"] } };
  expect(due.map(({ message }) => message)).toEqual([
    { kind: "notice", userId: "UDEV", notice: written },
    { kind: "approvals_note", requestId: "r1", note: written },
    { kind: "alert", alert: written },
  ]);
});

const named = { keyName: "deploy" };
const referred = { ...named, reference: "K7QM2XAB" };
const atTigris = { tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one" };
const written = { sentence: ["Hello"] };

const NOTICES: { [Code in keyof NoticeData]: NoticeData[Code] } = {
  approved: { ...named, approverIds: ["UANN"], kind: "secret", isBack: false },
  waits_again: { ...named, why: { kind: "approver_lost", approverId: "UANN" }, hasKey: true },
  denied: { ...named, approverId: "UANN", reason: "Use Editor" },
  withdrawn: { ...named, approverId: "UANN" },
  lapsed: { ...named, why: "unused" },
  requester_gone: { ...named, requesterId: "UDEV" },
  still_off: { ...named, lapsesAt: 10_000, isLast: true },
  switch_expired: named,
  paused_by_other: { ...named, byId: "UANN" },
  ended: named,
  ends_soon: { ...named, at: 5_000, isFinal: false },
  end_set: { ...named, at: 5_000, isSooner: true },
  followed: { ...named, by: "tid_two", at: 5_000 },
  replaced: named,
  overlap_off: { ...named, isPaused: true },
  resumed_by_other: { ...named, byId: "UANN" },
  not_delivered: named,
  not_confirmed: named,
  rotation_lost: { ...named, isAskedFor: true },
  deleted_by_other: { ...named, byId: "UANN" },
  taken_over: { ...named, fromId: "UDEV", isPaused: true },
  paused_as_guest: named,
  leak_reported: {
    ...named,
    accessKeyId: "tid_one",
    byId: "UEVE",
    messageUrl: "https://acme.slack.com/archives/C1/p12",
    holdsSecret: false,
  },
  not_posted: { ...referred, channelId: "C1", slackCode: "is_archived" },
  written,
};
const NOTES: { [Code in keyof NoteData]: NoteData[Code] } = {
  new_secret: { ...named, ownerId: "UDEV", isLast: false },
  written,
};
const ALERTS: { [Code in keyof AlertData]: AlertData[Code] } = {
  deletion_failing: { tigrisName: null, accessKeyId: "tid_one" },
  pause_failing: atTigris,
  narrowing_failing: atTigris,
  left_behind: { keys: [{ name: "deploy-K7QM2XAB", accessKeyId: null }] },
  not_deleted: { ...atTigris, why: "has_power" },
  switch_expired: { ...atTigris, ownerId: "UDEV" },
  written,
};

test.each<OutboxMessage>([
  { kind: "requester_card", requestId: "r1" },
  {
    kind: "requester_card",
    requestId: "r1",
    ring: { code: "approved", about: { ...named, approverIds: ["UANN"], kind: "key", isBack: false } },
  },
  { kind: "approvals_card", requestId: "r1" },
  { kind: "review_card", requestId: "r1" },
  { kind: "review_question", requestId: "r1", userId: "UANN", isLate: true },
  { kind: "card_copy", card: "requester", requestId: "r1", place: { channelId: "D1", ts: "1.2" } },
  { kind: "deletions", byId: "UANN", since: 1 },
  { kind: "reminder", requestId: "r1", byId: null, why: "waits_again" },
  { kind: "escalation", requestId: "r1", rules: ["admin"] },
  { kind: "pauses", byId: "UANN", since: 1 },
  { kind: "leak_report", byId: "UEVE", accessKeyIds: ["tid_one"], messageUrl: null, holdsSecret: true },
  { kind: "leak_redraw", place: { channelId: "C1", ts: "1.1" } },
  ...Object.entries(NOTICES).map(([code, about]) => ({
    kind: "notice" as const,
    userId: "UDEV",
    notice: { code, about } as Notice,
  })),
  ...Object.entries(NOTES).map(([code, about]) => ({
    kind: "approvals_note" as const,
    requestId: "r1",
    note: { code, about } as Note,
  })),
  ...Object.entries(ALERTS).map(([code, about]) => ({ kind: "alert" as const, alert: { code, about } as Alert })),
])("a message that is %j is read as it was written", async (message) => {
  await filled.store.transact((tx) => tx.outbox.add(message));
  filled.clock.set(600_000);
  expect((await filled.store.outbox.take("worker-1", 10)).map((due) => due.message)).toEqual([message]);
});

test.each([
  [
    `{"code":"approved","about":{"keyName":"deploy","reference":"K7QM2XAB","approverId":"UANN"}}`,
    { code: "approved", about: { ...named, approverIds: ["UANN"], kind: "key", isBack: false } },
  ],
  [
    `{"code":"withdrawn","about":{"keyName":"deploy","reference":"K7QM2XAB","approverId":"UANN"}}`,
    { code: "withdrawn", about: { ...named, approverId: "UANN" } },
  ],
  [
    `{"code":"still_off","about":{"keyName":"deploy","reference":"K7QM2XAB","deliveryId":"d-1","lapsesAt":10000,"isLast":true}}`,
    { code: "still_off", about: { ...named, lapsesAt: 10_000, isLast: true } },
  ],
  [
    `{"code":"paused_by_other","about":{"keyName":"deploy","accessKeyId":"tid_one","byId":"UANN"}}`,
    { code: "paused_by_other", about: { ...named, byId: "UANN" } },
  ],
])("a notice of version 4 that is still owed is told: %s", async (json, notice) => {
  await execute(`insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
    values ('{"kind":"notice","userId":"UDEV","notice":${json}}', 1, 1, 0, 1, 0)`);
  const due = await filled.store.outbox.take("worker-1", 10);
  expect(due.map(({ message }) => message)).toEqual([{ kind: "notice", userId: "UDEV", notice }]);
});

test("what somebody pauses within a while becomes one message", async () => {
  for (const since of [1_000, 2_000])
    await filled.store.transact((tx) => tx.outbox.add({ kind: "pauses", byId: "UANN", since }));
  expect(await filled.store.outbox.take("worker-1", 10)).toEqual([]);
  filled.clock.set(600_000);
  expect(await filled.store.outbox.take("worker-1", 10)).toMatchObject([{ message: { kind: "pauses", since: 1_000 } }]);
});
