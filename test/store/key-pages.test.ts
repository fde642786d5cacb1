import type { KeyQuery } from "../../src/workflow/store-port";
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
])("newest first: %s", async (_what, query, found) => {
  expect(await page(query)).toBe(found);
});

function older(requestId: string) {
  return { side: "older", accessKeyId: `tid_${requestId}` } as const;
}

function newer(requestId: string) {
  return { side: "newer", accessKeyId: `tid_${requestId}` } as const;
}

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

test("words that no key can have find none", async () => {
  for (const search of ["abc\u0000def", '"deploy', "deploy OR *"]) expect(await page({ search })).toBe("");
});
