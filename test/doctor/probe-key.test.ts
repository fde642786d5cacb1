import { Secret } from "../../src/domain/secret";
import { createTigris } from "../../src/tigris";
import { type Examination, policiesAre, probes, ROOT, startExamination } from "../kit/doctor";
import { timesOfTigris } from "../kit/times";

/* Nothing is left behind, whatever happens to the doctor and its calls. */

let examination: Examination;
beforeEach(async () => {
  examination = await startExamination();
  policiesAre(examination, "");
});
afterEach(() => examination.standIn.stop());

const CREATE = "CreateAccessKeyWithBucketsRole";
const refused = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
const LOST = { kind: "lose", when: "after" } as const;
const said = () => examination.lines.join("\n");
const madeName = () => /tigris-key-bot-doctor-[0-9a-f]{16}/.exec(said())?.[0] ?? "none";
const deletions = () => examination.standIn.calls.filter(({ action }) => action === "DeleteAccessKey");

test("a key whose making got no answer is found by its whole name", async () => {
  examination.standIn.faults.arm({ call: CREATE }, LOST);
  expect(await examination.run()).toBe(1);
  expect(said()).toContain("not settled  Keys without roles: Making one got no clear answer: connection.");
  expect(said()).toContain(`The key ${madeName()} is deleted.`);
  expect(probes(examination)).toEqual([]);
});

test("one that is made a minute after its answer was lost is found as well", async () => {
  examination.standIn.faults.arm({ call: CREATE }, { kind: "late", ms: 60_000 });
  expect(await examination.run()).toBe(1);
  expect(said()).toContain(`The key ${madeName()} is deleted.`);
  expect(probes(examination)).toEqual([]);
});

test("one that never shows is named, to be looked for", async () => {
  examination.standIn.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
  expect(await examination.run()).toBe(1);
  expect(said()).toContain(`No key ${madeName()} showed in Tigris's list. Look for it in the Dashboard`);
  expect(deletions()).toEqual([]);
});

test("deletions that get no answer are tried again, until the list agrees", async () => {
  examination.standIn.faults.arm({ call: "DeleteAccessKey", times: 3 }, { kind: "lose", when: "before" });
  await examination.run();
  expect(said()).toContain(`The key ${madeName()} is deleted.`);
  expect(probes(examination)).toEqual([]);
});

test("a list that goes on showing the key for a while is waited for", async () => {
  examination.standIn.controls.lagListing(40_000);
  expect(await examination.run()).toBe(0);
  expect(said()).toContain(`The key ${madeName()} is deleted.`);
  // It was said once the list agreed, not with the first yes.
  expect(deletions().length).toBeGreaterThan(1);
});

test("a key that Tigris does not delete is named with its id", async () => {
  examination.standIn.faults.arm({ call: "DeleteAccessKey", times: 99 }, refused);
  expect(await examination.run()).toBe(1);
  const [{ accessKeyId } = { accessKeyId: "" }] = examination.standIn.keys().filter(({ name }) => name === madeName());
  const left = `THE KEY ${madeName()} (${accessKeyId}) MAY BE LEFT (refused with AccessDenied): delete it in Tigris's Dashboard.`;
  expect(said()).toContain(left);
});

test.each([0, 1, 5])("a stop after %d findings ends it, and the key goes", async (findings) => {
  examination.onLine = () => {
    if (examination.lines.length > findings) examination.stopping.abort();
  };
  expect(await examination.run()).toBe(1);
  expect(examination.lines.slice(findings + 1)).toEqual([
    "Stopped before all was found out.",
    `The key ${madeName()} is deleted.`,
    `Not all is as the bot expects. Each line with "differs" says what that means for the bot; after "not settled", run this again.`,
  ]);
  expect(probes(examination)).toEqual([]);
});

test("an error on the way ends it, and the key goes", async () => {
  examination.onLine = (line) => {
    if (line.includes("creator")) throw new Error("the line broke");
  };
  await expect(examination.run()).rejects.toThrow("the line broke");
  expect(probes(examination)).toEqual([]);
});

test.each<[string, string]>([
  ["the bot's own key", ROOT.accessKeyId],
  ["somebody else's key", "tid_others"],
])("where Tigris answers with the id of %s, that one is neither changed nor deleted", async (_whose, accessKeyId) => {
  const AccessKey = { AccessKeyId: accessKeyId, SecretAccessKey: "tsec_of_whomever" };
  const body = JSON.stringify({ CreateAccessKeyResult: { AccessKey } });
  const others = examination.standIn.controls.addKey("deploy", [{ bucket: "logs", role: "Editor" }]);
  const id = accessKeyId === ROOT.accessKeyId ? accessKeyId : others.accessKeyId;
  examination.standIn.faults.arm(
    { call: CREATE },
    { kind: "garble", when: "after", status: 200, body: body.replace(accessKeyId, id) },
  );
  const before = examination.standIn.keys().filter(({ name }) => !name.startsWith("tigris-key-bot-doctor-"));
  expect(await examination.run()).toBe(1);
  const after = examination.standIn.keys().filter(({ name }) => !name.startsWith("tigris-key-bot-doctor-"));
  const still = (keys: typeof before) => keys.map(({ name, bucketsRole, status }) => ({ name, bucketsRole, status }));
  expect(still(after)).toEqual(still(before));
  if (id === ROOT.accessKeyId) expect(probes(examination)).toEqual([]);
  else expect(said()).toContain("MAY BE LEFT");
});

test("a key of an earlier run is named, and left to people", async () => {
  const left = "tigris-key-bot-doctor-0123456789abcdef";
  await make(left, "tigris-key-bot-doctor-of-mine");
  expect(await examination.run()).toBe(0);
  expect(examination.lines[0]).toMatch(/^Another run left the key tigris-key-bot-doctor-0123456789abcdef \(tid_/);
  expect(examination.lines[1]).toMatch(/^Makes the key /);
  expect(probes(examination).sort()).toEqual([left, "tigris-key-bot-doctor-of-mine"]);
});

/** Makes keys with the bot's own key. */
async function make(...names: string[]) {
  const { iamUrl: iamEndpoint, s3Url: s3Endpoint } = examination.standIn;
  const own = { accessKeyId: ROOT.accessKeyId, secretAccessKey: new Secret(ROOT.secretAccessKey) };
  const timeouts = { mutateMs: 5_000, readMs: 5_000 };
  const where = { iamEndpoint, s3Endpoint, region: "auto", timeouts, log: { warn: () => {} } };
  const tigris = createTigris({ ...own, ...where, ...timesOfTigris() });
  for (const name of names) expect(await tigris.createKey({ name })).toMatchObject({ kind: "made" });
  tigris.close();
}
