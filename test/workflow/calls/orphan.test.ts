import { LEASE_MS } from "../../../src/domain/limits";
import type { CallPorts } from "../../../src/workflow/calls/call";
import { deleteOrphan } from "../../../src/workflow/calls/orphan";
import type { DeleteAnswer } from "../../../src/workflow/tigris-port";
import { emptyStore, type Filled, newAttempt, newRequest } from "../../store/filled";
import { recorded, SETTINGS, WAITS } from "../samples";

const AT = 1_500;
const REFUSED: DeleteAnswer = { kind: "refused", status: 403, code: "AccessDenied" };
const LOST: DeleteAnswer = { kind: "lost", cause: "timeout", requestId: null };

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.attempts.insert(newAttempt("a1", "r1"));
  });
});
afterEach(() => filled.stop());

const silent = () => {};
const deleteOn = (answer: DeleteAnswer, attemptId = "a1") => {
  const ports: CallPorts = {
    store: filled.store,
    clock: { now: () => AT, monotonicMs: () => AT, wait: async () => {} },
    log: { info: silent, warn: silent, error: silent },
    wake: silent,
    settings: SETTINGS,
    tigris: { deleteKey: async () => answer } as unknown as CallPorts["tigris"],
    messenger: { postSecret: async () => ({ kind: "posted" }) },
  };
  return deleteOrphan(ports, { ...recorded({ request: WAITS }), attempt: newAttempt(attemptId, "r1") }, "tid_late");
};
const close = () => {
  const { clickId: _clickId, ...attempt } = newAttempt("a1", "r1");
  const work = { kind: "create", number: 1, tigrisName: "name-a1", phase: "not_found" } as const;
  return filled.store.transact((tx) => tx.attempts.save({ ...attempt, work }, "worker-1"));
};
const sent = async () =>
  (await filled.store.outbox.take(AT, { holder: "w", until: AT + LEASE_MS }, 10)).map(({ message }) => message);

test.each<[DeleteAnswer, isDeleted: boolean]>([
  [{ kind: "deleted" }, true],
  [{ kind: "gone" }, true],
  [REFUSED, false],
  [LOST, false],
])("whoever clicked hears what is known: $kind", async (answer, isDeleted) => {
  const about = { keyName: "deploy", isDeleted };
  expect(await deleteOn(answer)).toEqual({ kind: "refused", code: "lease_lost", about });
});

const ALERT = { kind: "alert", alert: { code: "made_too_late", about: { accessKeyId: "tid_late" } } };

test.each([REFUSED, LOST])("a person has to look where nobody else does any more: $kind", async (answer) => {
  await close();
  await deleteOn(answer);
  expect(await sent()).toEqual([ALERT]);
});

test("a person has to look where the attempt is on no record", async () => {
  await deleteOn(LOST, "a9");
  expect(await sent()).toEqual([ALERT]);
});

test("nobody has to look while whoever took it over does", async () => {
  await deleteOn(LOST);
  expect(await sent()).toEqual([]);
});

test("nobody has to look where the key is deleted", async () => {
  await close();
  await deleteOn({ kind: "deleted" });
  expect(await sent()).toEqual([]);
});
