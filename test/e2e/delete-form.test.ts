import { GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { putKeys } from "./many-keys";
import { answers, askForReadOnly, keep } from "./play";

let world: World;
worldForEach({ mode: "socket", env: { MAX_KEYS_PER_USER: "400" } }, (one) => {
  world = one;
});

const [DANA, ANN] = ["UDEV00001", "UANN00001"];
/** Later than anything that a test makes. */
const LATEST = 9_000_000_000_000;

async function make(...keyNames: string[]): Promise<void> {
  for (const keyName of keyNames) {
    await askForReadOnly(world.dana, keyName);
    await keep(world.dana, keyName);
    world.clock.advance(60_000);
  }
}

test("it offers one's own keys, by a search, and says what the chosen one is", async () => {
  const { dana } = world;
  await make("key-1", "key-2");
  await dana.command("/tigris-key delete");
  await dana.until("the form", () => dana.modal()?.fields.Key);
  const offered = await dana.options("Key");
  expect(offered).toHaveLength(2);
  expect(await dana.options("Key", "key-2")).toEqual([expect.stringContaining("key-2")]);
  await dana.fill({ Key: offered[0] ?? "" });
  await dana.until("what it is", () => dana.modal()?.text.includes("Your key, made"));
  await dana.submit();
  await dana.until("how it went", () => dana.modal()?.text.includes("You deleted key-2"));
});

test("a key that was named stands in it as text, with nothing to go astray in, and is deleted by one click", async () => {
  const { dana, tigris } = world;
  await make("key-1", "key-2");
  await dana.command("/tigris-key delete key-1", { in: GENERAL });
  await dana.until("the form", () => dana.modal()?.submit === "Delete key");
  expect(dana.modal()?.text).toContain("key-1 · on");
  expect(dana.modal()?.fields).toEqual({});
  await dana.submit();
  await dana.until("how it went", () => dana.modal()?.text.includes("You deleted key-1"));
  expect(tigris.keys().map(({ name }) => name)).toEqual([expect.anything(), expect.stringMatching(/^key-2-/)]);
  expect(answers(dana, GENERAL)).toEqual([]);
});

test("an approver's own key of that name is meant, however many newer ones of others hold it", async () => {
  const { ann } = world;
  await putKeys(world, { ownerId: DANA, keyName: "ci", count: 150, since: LATEST });
  await putKeys(world, { ownerId: DANA, keyName: "ci-uploader", count: 150, since: LATEST + 1_000, isNumbered: true });
  await askForReadOnly(ann, "ci");
  await keep(ann, "ci");
  await ann.command("/tigris-key delete ci");
  await ann.until("the form", () => ann.modal()?.submit === "Delete key");
  expect(ann.modal()?.text).toContain("ci · on");
  expect(ann.modal()?.text).toContain("Your key, made");
  await ann.close();
  await ann.command("/tigris-key delete");
  await ann.until("the form", () => ann.modal()?.fields.Key);
  for (const search of ["", "ci"]) {
    const [first, second] = await ann.options("Key", search);
    expect(first).toMatch(/^ci \((?!R9)/);
    expect(second).toContain("(R9");
  }
});

test("the only key of that name is meant where an approver has none, and the form says whose it is", async () => {
  const { ann } = world;
  await make("nightly");
  await ann.command("/tigris-key delete nightly");
  await ann.until("the form", () => ann.modal()?.submit === "Delete key");
  expect(ann.modal()?.text).toContain("A key of @dana");
  expect(ann.modal()?.fields).toEqual({});
});

test("of several keys of one name those are offered, and any other by a search", async () => {
  const { dana } = world;
  await make("key-1", "key-1", "key-2");
  await dana.command("/tigris-key delete key-1");
  await dana.until("the form", () => dana.modal()?.fields.Key);
  expect(dana.modal()?.text).toContain("Several keys are called key-1. Pick one:");
  const offered = await dana.options("Key");
  expect(offered).toEqual([expect.stringMatching(/^key-1 /), expect.stringMatching(/^key-1 /)]);
  await dana.fill({ Key: offered[1] ?? "" });
  await dana.until("what it is", () => dana.modal()?.text.includes("Your key, made"));
  expect(await dana.options("Key")).toHaveLength(2);
  expect(await dana.options("Key", "key-2")).toHaveLength(1);
  await dana.submit();
  await dana.until("how it went", () => dana.modal()?.text.includes("You deleted key-1"));
});

test("a name that no key has: it says so, and offers what there is", async () => {
  const { dana, eve } = world;
  await make("key-1");
  await dana.command("/tigris-key delete <tid_nosuch>");
  await dana.until("the form", () => dana.modal()?.text.includes("No key of yours is called <tid_nosuch>. Pick one:"));
  expect(await dana.options("Key")).toHaveLength(1);
  await eve.command("/tigris-key delete key-1");
  await eve.until("nothing to delete", () => eve.modal()?.text.includes("No key of yours is called key-1."));
  expect(eve.modal()?.submit).toBeFalsy();
});

test("ids are found from their beginning only", async () => {
  const { dana } = world;
  await putKeys(world, { ownerId: DANA, keyName: "backup", count: 300, since: 1_000, isNumbered: true });
  await make("ci-uploader");
  await dana.command("/tigris-key delete");
  await dana.until("the form", () => dana.modal()?.fields.Key);
  expect(await dana.options("Key", "ci")).toEqual([expect.stringContaining("ci-uploader")]);
  expect(await dana.options("Key", "tid_ci")).toHaveLength(100);
  expect(await dana.options("Key", "backup-299")).toHaveLength(1);
});

test("nobody deletes what is neither theirs nor, being no approver, theirs to delete", async () => {
  const { eve, tigris } = world;
  await make("key-1");
  const made = tigris.keys().find(({ name }) => name.startsWith("key-1"));
  await eve.command(`/tigris-key delete ${made?.accessKeyId}`);
  await eve.until("a refusal", () => eve.modal()?.text.includes(`No key of yours is called ${made?.accessKeyId}.`));
  expect(eve.modal()?.text).not.toContain("dana");
  expect(tigris.keys()).toHaveLength(2);
});

test("an approver whose rights can't be checked learns that, of a key that is there and of one that is not", async () => {
  const { ann, slack, tigris } = world;
  await make("key-1");
  const made = tigris.keys().find(({ name }) => name.startsWith("key-1"))?.accessKeyId;
  const busy = { kind: "refuse", status: 429, headers: { "retry-after": "30" }, body: {} } as const;
  slack.faults.arm({ call: "usergroups.users.list", times: 100 }, busy);
  for (const named of [made, "tid_nosuch"]) {
    await ann.command(`/tigris-key delete ${named}`);
    await ann.until("a refusal", () => ann.modal()?.text.includes("I couldn't check with Slack"));
    await ann.close();
  }
});

test("a list of 300 keys: its pages are counted, and one is found by its name", async () => {
  const { dana, ann } = world;
  await putKeys(world, { ownerId: ANN, keyName: "backup", count: 300, since: 1_000, isNumbered: true });
  await ann.command("/tigris-key list", { in: GENERAL });
  await ann.until("the list", () => answers(ann, GENERAL).at(-1)?.startsWith("300 keys, 1–10\nbackup-300 "));
  for (const range of ["11–20", "21–30"]) {
    await ann.press("Older", { in: GENERAL });
    await ann.until("the next page", () => answers(ann, GENERAL).at(-1)?.startsWith(`300 keys, ${range}\n`));
  }
  await ann.command("/tigris-key list backup-123", { in: GENERAL });
  await ann.until("that one", () => answers(ann, GENERAL).at(-1)?.startsWith("1 key with “backup-123”\nbackup-123 "));
  await dana.command("/tigris-key list backup", { in: GENERAL });
  await dana.until("none", () => answers(dana, GENERAL).at(-1)?.startsWith("No key of yours"));
});
