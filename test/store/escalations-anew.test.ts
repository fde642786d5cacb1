import type { Policy, Rule } from "../../src/domain/policy/rule";
import { WAITING_AT_ONCE } from "../../src/domain/service-limits";
import { escalateRequest, setEscalationsAnew } from "../../src/workflow/escalate";
import { people, rule } from "../domain/policy/teams";
import { PENDING } from "../domain/samples";
import { emptyStore, type Filled, newRequest } from "./filled";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const escalating = (afterMs: number, ...to: string[]): Rule["escalate"] => ({ afterMs, to: people(...to) });
const policyOf = (escalate: Rule["escalate"]): Policy => ({
  rules: [
    rule("admin", {
      when: { permissions: ["Admin"], buckets: null, allBuckets: false },
      decide: { people: people("UANN"), count: 1 },
      escalate,
    }),
  ],
  maxKeysPerUser: 20,
  breakGlass: null,
});

let filled: Filled;
const ports = () => ({ store: filled.store, clock: filled.clock, log: quiet, wake: () => {} });
beforeEach(async () => {
  filled = await emptyStore(1_000);
});
afterEach(() => filled.stop());

/** A request that was asked for at a moment, when no rule said that others may decide later. */
async function waits(id: string, askedAt = 1_000): Promise<void> {
  await filled.store.transact((tx) =>
    tx.requests.insert(
      newRequest(id, { needsApproval: true, askedAt, state: { ...PENDING, escalatesAt: null, escalated: [] } }),
    ),
  );
}

const timers = async () =>
  (
    await filled.database.rows<{ subject_id: string; due_at: number }>(
      "select subject_id, due_at from timers where kind = 'escalate' order by subject_id",
    )
  ).map(({ subject_id, due_at }) => [subject_id, Number(due_at)]);
const told = () =>
  filled.database
    .rows<{ message_json: string }>("select message_json from outbox order by id")
    .then((rows) =>
      rows.map(({ message_json }) => JSON.parse(message_json)).filter(({ kind }) => kind === "escalation"),
    );
const versions = () => filled.database.rows("select id, version from requests order by id");

test("what waits is escalated by the policy that came in force, however many wait, and by each place once", async () => {
  const count = WAITING_AT_ONCE + 3;
  for (let at = 0; at < count; at++) await waits(`r${String(at).padStart(3, "0")}`, 1_000 + Math.floor((at + 1) / 2));
  await setEscalationsAnew(ports(), policyOf(escalating(5_000, "UEVE")), policyOf(null));
  expect((await timers()).length).toBe(count);
  expect((await timers())[3]).toEqual(["r003", 6_002]);
  const before = await versions();
  await setEscalationsAnew(ports(), policyOf(escalating(5_000, "UEVE")), null);
  expect(await versions()).toEqual(before);
});

test("a while that is over by then is due at once, one that is gone comes no more, and what does not wait is left alone", async () => {
  await waits("old");
  filled.clock.advance(4_000);
  await setEscalationsAnew(ports(), policyOf(escalating(3_000, "UEVE")), policyOf(null));
  expect(await timers()).toEqual([["old", 4_000]]);
  await setEscalationsAnew(ports(), policyOf(null), policyOf(escalating(3_000, "UEVE")));
  expect(await timers()).toEqual([]);
});

test("those whom the rule names by now are told, though others were told before; by the same policy nobody is told again", async () => {
  const [first, second] = [policyOf(escalating(3_000, "UEVE")), policyOf(escalating(3_000, "UEVE", "UBOB"))];
  await waits("one");
  await setEscalationsAnew(ports(), first, policyOf(null));
  filled.clock.advance(4_000);
  const escalate = (policy: Policy) =>
    escalateRequest({ ...ports(), policy: { inForce: async () => ({ policy, digest: "" }) } }, "one");
  await escalate(first);
  await setEscalationsAnew(ports(), first, first);
  await escalate(first);
  expect(await told()).toHaveLength(1);
  await setEscalationsAnew(ports(), second, first);
  expect(await timers()).toEqual([["one", 4_000]]);
  await escalate(second);
  expect(await told()).toMatchObject([{ rules: ["admin"] }, { rules: ["admin"] }]);
});
