import { getAccessKey, listAccessKeys, removeAccessKey } from "@tigrisdata/iam";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { configOf, makeKey, startAcme } from "./acme";

/** Tigris's own client signs by the machine's clock. */
const START = Date.now();

let tigris: TigrisStandIn;
let now = START;
beforeEach(async () => {
  now = START;
  tigris = await startAcme({ pageSize: 2, now: () => now });
});
afterEach(() => tigris.stop());

/** The pages of a list, as the names of its keys in order. @param between is done after each page */
async function pages(between = async () => {}): Promise<string[][]> {
  const found: string[][] = [];
  let marker: string | undefined;
  do {
    const asked = { ...configOf(tigris), ...(marker === undefined ? {} : { paginationToken: marker }) };
    const { data, error } = await listAccessKeys(asked);
    if (!data) throw error;
    found.push(data.accessKeys.map(({ name }) => name));
    marker = data.paginationToken;
    await between();
  } while (marker !== undefined);
  return found;
}

const names = async () => (await pages()).flat().sort();
const OLD = ["editor", "reader", "root"];

test("a page is as long as was asked for, and no longer than the organization allows", async () => {
  const lengthOf = async (limit: number) =>
    (await listAccessKeys({ ...configOf(tigris), limit })).data?.accessKeys.length;
  expect([await lengthOf(1), await lengthOf(2), await lengthOf(1_000)]).toEqual([1, 2, 2]);
  for (const limit of [0, 1_001, 1.5])
    expect((await listAccessKeys({ ...configOf(tigris), limit })).error?.message).toMatch(/^MaxItems/);
});

test("a key that goes between two pages moves no other", async () => {
  for (const name of ["a", "b", "c", "d", "e"]) await makeKey(tigris, name);
  const [first = []] = await pages();
  const gone = tigris.keys().find(({ name }) => name === first[1]);
  const found = await pages(async () => {
    if (gone) tigris.controls.removeKey(gone.accessKeyId);
  });
  expect(found.flat().sort()).toEqual([...OLD, "a", "b", "c", "d", "e"].sort());
});

test("a frozen list shows neither what came nor what went, until it is let go", async () => {
  const one = await makeKey(tigris, "one");
  const frozen = tigris.controls.freezeListing();
  const two = await makeKey(tigris, "two");
  await removeAccessKey(one.accessKeyId, configOf(tigris));
  expect(await names()).toEqual([...OLD, "one"].sort());
  expect((await getAccessKey(two.accessKeyId, configOf(tigris))).error?.message).toBe("Access key not found");
  frozen.release();
  expect(await names()).toEqual([...OLD, "two"].sort());
});

test("a list that lags shows the keys of a while ago", async () => {
  const one = await makeKey(tigris, "one");
  now += 60_000;
  tigris.controls.lagListing(30_000);
  await makeKey(tigris, "two");
  await removeAccessKey(one.accessKeyId, configOf(tigris));
  expect(await names()).toEqual([...OLD, "one"].sort());
  now += 29_999;
  expect(await names()).toEqual([...OLD, "one"].sort());
  now += 1;
  expect(await names()).toEqual([...OLD, "two"].sort());
});

test("what was there from the start is listed, however long the lag", async () => {
  tigris.controls.lagListing(3_600_000);
  expect(await names()).toEqual(OLD);
});

test("a list can be empty", async () => {
  tigris.controls.emptyListing(true);
  expect(await pages()).toEqual([[]]);
  tigris.controls.emptyListing(false);
  expect(await names()).toEqual(OLD);
});

test("a list can end between two pages as if there were no more", async () => {
  for (const name of ["a", "b", "c"]) await makeKey(tigris, name);
  expect((await pages()).map(({ length }) => length)).toEqual([2, 2, 2]);
  tigris.controls.cutListing(2);
  expect((await pages()).map(({ length }) => length)).toEqual([2, 2]);
  tigris.controls.cutListing(null);
  expect((await pages()).map(({ length }) => length)).toEqual([2, 2, 2]);
});

test("a list cut off by a lost page", async () => {
  tigris.faults.arm({ call: "ListAccessKeys", nth: 2 }, { kind: "lose", when: "after" });
  await expect(pages()).rejects.toThrow("fetch failed");
});

test("what a list says of a key can be less", async () => {
  await tigris.stop();
  tigris = await startAcme({ listed: { creator: false, createdAt: false } });
  await makeKey(tigris, "one");
  await names();
  const { answer } = tigris.calls.at(-1) ?? {};
  expect(answer).not.toMatch(/creator|created_at/);
});

test("keys belong to the organization that the stand-in is", async () => {
  const { accessKeyId } = await makeKey(tigris, "one");
  tigris.controls.setOrganization("somebody-else");
  const { data } = await getAccessKey(accessKeyId, configOf(tigris));
  expect(data?.organizationId).toBe("somebody-else");
});
