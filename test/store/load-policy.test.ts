import type { LoadDecision } from "../../src/domain/policy/load";
import { policyInStore } from "../../src/policy-in-force";
import { loadPolicy, type PolicyFile } from "../../src/workflow/load-policy";
import type { PolicyPort } from "../../src/workflow/policy-port";
import type { StorePort } from "../../src/workflow/store-port";
import { testedDatabase } from "../kit/database";
import { createFaultyStore } from "../kit/faulty-store";
import { digestOf, FIRST, SECOND, THIRD } from "../kit/policy-file";
import { emptyStore, type Filled } from "./filled";

/** The store of another process, where there can be one. */
const besides = async () => (testedDatabase === "postgres" ? filled.openAgain() : filled.store);

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const file = (text: string, seen: string | null, changes: Partial<PolicyFile> = {}): PolicyFile => {
  return {
    digest: digestOf(text),
    text,
    loadedBy: "start",
    loader: "host/1",
    seen: seen && digestOf(seen),
    ...changes,
  };
};
const load = (of: PolicyFile, store: StorePort = filled.store): Promise<LoadDecision> =>
  loadPolicy({ store, clock: filled.clock, log: quiet, wake: () => {} }, of);

const rows = <Row>(sql: string) => filled.database.rows<Row>(sql);
const inForce = () => filled.store.read(({ policies }) => policies.digestInForce());
const written = async () => ({
  policies: (await rows("select digest from policies")).length,
  events: (await rows("select id from events")).length,
  messages: (await rows("select id from outbox")).length,
});

test("what is put in force is written with its event and its message", async () => {
  expect(await load(file(FIRST, null))).toBe("load");
  expect(await load(file(SECOND, FIRST, { loadedBy: "sighup" }))).toBe("load");
  expect(await rows("select name, actor_id, outcome from events order by id")).toEqual([
    { name: "policy.loaded", actor_id: "bot", outcome: `start ${digestOf(FIRST)}` },
    { name: "policy.loaded", actor_id: "bot", outcome: `sighup ${digestOf(SECOND)}` },
  ]);
  const messages = await rows<{ message_json: string }>("select message_json from outbox order by id");
  expect(messages.map(({ message_json }) => JSON.parse(message_json))).toMatchObject([
    { kind: "policy_changed", before: null, after: digestOf(FIRST) },
    { kind: "policy_changed", before: digestOf(FIRST), after: digestOf(SECOND) },
  ]);
});

test("where it can't be written, neither policy nor event nor message is", async () => {
  const { wrap, faults } = createFaultyStore();
  faults.failBefore("policy.loaded");
  await expect(load(file(FIRST, null), wrap(filled.store))).rejects.toMatchObject({ code: "store_unavailable" });
  expect(await written()).toEqual({ policies: 0, events: 0, messages: 0 });
});

test.each<[string, string | null]>([
  ["the first of all", null],
  ["the next", FIRST],
])(
  "of two that are loaded at once as %s, one is in force, and the other one has changed nothing",
  async (_what, seen) => {
    if (seen !== null) await load(file(seen, null));
    const before = await written();
    const other = await besides();
    const decided = await Promise.all([load(file(SECOND, seen)), load(file(THIRD, seen), other)]);
    expect(decided.toSorted()).toEqual(["load", "overtaken"]);
    expect(await inForce()).toBe(digestOf(decided[0] === "load" ? SECOND : THIRD));
    expect(await written()).toEqual({
      policies: before.policies + 1,
      events: before.events + 1,
      messages: before.messages + 1,
    });
  },
);

test("two that load the same file at once put it in force once", async () => {
  const other = await besides();
  const decided = await Promise.all([load(file(FIRST, null)), load(file(FIRST, null), other)]);
  expect(decided.toSorted()).toEqual(["in_force", "load"]);
  expect(await written()).toEqual({ policies: 1, events: 1, messages: 1 });
});

test("what was replaced comes back by the signal, not by a start", async () => {
  await load(file(FIRST, null));
  await load(file(SECOND, FIRST));
  expect(await load(file(FIRST, SECOND))).toBe("replaced");
  expect(await inForce()).toBe(digestOf(SECOND));
  expect(await load(file(FIRST, SECOND, { loadedBy: "sighup" }))).toBe("load");
  expect(await load(file(SECOND, FIRST))).toBe("replaced");
});

describe("whoever judges", () => {
  const NOBODY = { rules: [], maxKeysPerUser: 1, breakGlass: null };
  const variables: PolicyPort = { inForce: async () => ({ policy: NOBODY, digest: "of the variables" }) };
  const names = async (port: PolicyPort) => (await port.inForce()).policy.rules.map(({ name }) => name);

  test("goes by the variables until a policy is in force, then by that one, also without a file", async () => {
    const port = policyInStore(filled.store, variables);
    expect(await names(port)).toEqual([]);
    await load(file(FIRST, null));
    expect(await names(port)).toEqual(["admin", "everything else"]);
    expect((await port.inForce()).digest).toBe(digestOf(FIRST));
  });

  test("goes by another one as soon as it is written, by whichever process", async () => {
    const port = policyInStore(await besides(), null);
    await load(file(FIRST, null));
    expect(await names(port)).toEqual(["admin", "everything else"]);
    await load(file(THIRD, FIRST));
    expect(await names(port)).toEqual(["whole organization", "everything else"]);
    await load(file(FIRST, THIRD, { loadedBy: "sighup" }));
    expect(await names(port)).toEqual(["admin", "everything else"]);
  });

  test("is refused while the store is away, also what was read before", async () => {
    const { wrap, faults } = createFaultyStore();
    const port = policyInStore(wrap(filled.store), variables);
    await load(file(FIRST, null));
    await port.inForce();
    faults.setAway(true);
    await expect(port.inForce()).rejects.toMatchObject({ code: "store_unavailable" });
  });

  test("is refused where this version can't read the policy, and where there is none that has to be", async () => {
    await expect(policyInStore(filled.store, null).inForce()).rejects.toMatchObject({ code: "policy_unreadable" });
    await load(file("regions: everywhere\n", null));
    await expect(policyInStore(filled.store, variables).inForce()).rejects.toMatchObject({ code: "policy_unreadable" });
  });
});
