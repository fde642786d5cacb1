import type { Key } from "../../src/domain/key";
import type { KeyQuery, NamedQuery } from "../../src/workflow/key-query";
import { emptyStore, type Filled, newKey, newRequest } from "./filled";

let filled: Filled;
beforeAll(async () => {
  filled = await emptyStore();
  const keys = [
    newKey("r1", { keyName: "backup", reference: "K7QM2XAB", madeAt: 1_000 }),
    newKey("r2", { keyName: "deploy-ci", reference: "AAAA2222", madeAt: 2_000 }),
    newKey("r3", { keyName: "deploy-web", reference: "BBBB3333", madeAt: 3_000, ownerId: "UANN" }),
    newKey("r4", { keyName: "nightly", reference: "CCCC4444", madeAt: 4_000 }),
    newKey("r5", { keyName: "nightly", reference: "DDDD5555", madeAt: 4_000 }),
  ];
  await filled.store.transact(async (tx) => {
    for (const key of keys) {
      await tx.requests.insert(newRequest(key.requestId));
      await tx.keys.insert(key);
    }
  });
});
afterAll(() => filled.stop());

const page = (query: Partial<KeyQuery>) =>
  filled.store.read(async (record) => {
    const { keys } = await record.keys.page({ ownerId: null, from: null, search: null, limit: 10, ...query });
    return keys.map(({ requestId }) => requestId).join(" ");
  });

test.each<[string, Partial<KeyQuery>, string]>([
  ["everything", {}, "r5 r4 r3 r2 r1"],
  ["the first page", { limit: 2 }, "r5 r4"],
  ["the next page, from one of two that were made at once", { limit: 2, from: older("r5") }, "r4 r3"],
  ["the last page", { limit: 2, from: older("r2") }, "r1"],
  ["the page before", { limit: 2, from: newer("r1") }, "r3 r2"],
  ["the page before, to one of two that were made at once", { from: newer("r4") }, "r5"],
  ["somebody's next page", { ownerId: "UDEV", limit: 2, from: older("r4") }, "r2 r1"],
  ["a page from a key that there is not", { from: older("r9") }, ""],
  ["a page from one of them on", { limit: 2, from: at("r4") }, "r4 r3"],
  ["a page from a key of somebody else on", { ownerId: "UDEV", from: at("r3") }, ""],
])("newest first: %s", async (_what, query, found) => {
  expect(await page(query)).toBe(found);
});

function older(requestId: string) {
  return { side: "older", accessKeyId: `tid_${requestId}` } as const;
}

function newer(requestId: string) {
  return { side: "newer", accessKeyId: `tid_${requestId}` } as const;
}

function at(requestId: string) {
  return { side: "at", accessKeyId: `tid_${requestId}` } as const;
}

const count = (query: Partial<KeyQuery>) =>
  filled.store.read((record) => record.keys.count({ ownerId: null, from: null, search: null, limit: 10, ...query }));

test.each<[string, Partial<KeyQuery>, number]>([
  ["everybody's", {}, 5],
  ["somebody's", { ownerId: "UDEV" }, 4],
  ["nobody's", { ownerId: "UEVE" }, 0],
  ["those with a word", { search: "deploy" }, 2],
  ["those before one of two that were made at once", { from: newer("r4") }, 1],
  ["no more than the limit", { limit: 3 }, 3],
])("keys are counted: %s", async (_what, query, number) => {
  expect(await count(query)).toBe(number);
});

const named = (word: string, query: Partial<NamedQuery> = {}) =>
  filled.store.read(async (record) => {
    const keys = await record.keys.named({ named: word, ownerId: null, firstId: "UDEV", limit: 10, ...query });
    return keys.map(({ requestId }) => requestId).join(" ");
  });

test.each<[string, string, Partial<NamedQuery>, string]>([
  ["a name", "deploy-ci", {}, "r2"],
  ["a name of several, newest first", "nightly", {}, "r5 r4"],
  ["no more than the limit", "nightly", { limit: 1 }, "r5"],
  ["an id", "tid_r1", {}, "r1"],
  ["a name in the Dashboard", "name-r3", {}, "r3"],
  ["the beginning of a name", "deploy", {}, ""],
  ["a name of somebody else's", "deploy-web", { ownerId: "UDEV" }, ""],
  ["an id of somebody else's", "tid_r3", { ownerId: "UDEV" }, ""],
  ["what no key can have", "nightly\u0000", {}, ""],
])("a word names keys by %s", async (_what, word, query, found) => {
  expect(await named(word, query)).toBe(found);
});

test("of the keys that a word names, somebody's own come first, however many newer ones others have", async () => {
  const many = await emptyStore();
  await many.store.transact(async (tx) => {
    for (let number = 0; number <= 300; number++) {
      await tx.requests.insert(newRequest(`r${number}`));
      const ownerId = number === 0 ? "UDEV" : "UANN";
      await tx.keys.insert(newKey(`r${number}`, { keyName: "ci", madeAt: number, ownerId }));
    }
  });
  const [first, second] = await many.store.read((record) =>
    record.keys.named({ named: "ci", ownerId: null, firstId: "UDEV", limit: 100 }),
  );
  await many.stop();
  expect(first?.requestId).toBe("r0");
  expect(second?.requestId).toBe("r300");
});

test.each([
  ["", "r5 r4 r3 r2 r1"],
  ["deploy", "r3 r2"],
  ["DEPLOY-CI", "r2"],
  ["ploy-w", "r3"],
  ["deploy ci", "r2"],
  ["ci", "r2"],
  ["deploy backup", ""],
  ["nightly (DDDD5555)", "r5"],
  ["k7qm", "r1"],
  ["tid_r4", "r4"],
  ["TID_R4", "r4"],
  ["tid_", "r5 r4 r3 r2 r1"],
  ["d_r4", ""],
  ["7qm2", ""],
  ["id", ""],
  ["aaa", ""],
  ["aaaa", "r2"],
  ["nosuch", ""],
  ["deploy*", ""],
  ['"deploy', ""],
  ['deploy" OR "backup', ""],
  [`${"deploy ".repeat(8)} heeds-no-ninth-word`, "r3 r2"],
])("of everybody's keys and of one's own, a search for %j finds those that hold every word", async (search, found) => {
  expect(await page({ search })).toBe(found);
  const own = found.split(" ").filter((id) => id !== "r3");
  expect(await page({ search, ownerId: "UDEV" })).toBe(own.join(" "));
});

describe("by the buckets that they open", () => {
  const named = (...names: string[]) =>
    ({ permission: "ReadOnly", buckets: { kind: "named", names } }) satisfies Key["access"];
  beforeAll(() =>
    filled.store.transact(async (tx) => {
      const keys = [
        newKey("b1", { keyName: "one", madeAt: 1, access: named("build-logs", "ci-cache") }),
        newKey("b2", { keyName: "two", madeAt: 2, ownerId: "UANN", access: named("my-build-logs") }),
      ];
      for (const key of keys) {
        await tx.requests.insert(newRequest(key.requestId));
        await tx.keys.insert(key);
      }
    }),
  );

  test.each([
    ["build-logs", "b1"],
    ["BUILD", "b1"],
    ["ci-", "b1"],
    ["one ci-cache", "b1"],
    ["two ci-cache", ""],
    ["my-b", "b2"],
    ["logs", ""],
    ["build-logs2", ""],
    ['build-logs","ci', ""],
  ])("%j", async (search, found) => {
    expect(await page({ search })).toBe(found);
    expect(await page({ search, ownerId: "UDEV" })).toBe(found === "b2" ? "" : found);
    expect(await page({ search, ownerId: "UANN" })).toBe(found === "b2" ? found : "");
  });
});

test("words that no key can have find none", async () => {
  for (const search of ["abc\u0000def", '"deploy', "deploy OR *"]) expect(await page({ search })).toBe("");
});
