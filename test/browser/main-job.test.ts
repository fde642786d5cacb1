import type { Window } from "../../sandbox/browser/window";
import { SWITCH_ON } from "../e2e/play";
import { startWorld, type World } from "./world";

let world: World;
let dana: Window;
let ann: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
  ann = await world.open("ann");
});
afterAll(() => world.stop());

/** What the panel says of calls that a key without power signs, and of those of an admin's. */
const REFUSED = [
  "It is the right pair, and it opens nothing.",
  "Get an object: refused",
  "Put an object: refused",
  "List objects: refused",
  "CreateAccessKey: refused",
  "List buckets: works",
  "It may list buckets.",
];
const WORKS = [
  "It works.",
  "Get an object: works",
  "Put an object: works",
  "List objects: works",
  "CreateAccessKey: works",
  "List buckets: works",
  expect.stringMatching(/^It may list buckets, read .*, list keys, make keys\.$/),
];

test("a ReadOnly key: asked for, revealed, copied; it opens nothing before it is switched on, then what it should", async () => {
  await dana.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dana.command("/tigris-key create ci-uploader");
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).click();
  await dana.dialog.getByRole("option", { name: "logs" }).click();
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.waitFor({ state: "detached" });
  await dana.press("Show my secret");
  const pair = await dana.secret();

  const code = dana.message("It can't be shown again").locator(".code-block").nth(1);
  await code.hover();
  await code.getByRole("button", { name: "Copy to clipboard" }).click();
  await code.getByText("Copied").waitFor();
  const panel = await dana.tigris();
  const listed = panel.getByRole("listitem").filter({ hasText: "ci-uploader-" });
  await listed.filter({ hasText: "no role" }).filter({ hasText: "active" }).filter({ hasText: "by root" }).waitFor();
  await panel.getByLabel("Access key ID").fill(pair.accessKeyId);
  await panel.getByLabel("Secret access key").focus();
  await dana.page.keyboard.press("Control+V");
  await panel.getByRole("button", { name: "Use this key" }).click();
  await panel.getByText("it opens nothing").waitFor();
  expect(await panel.getByRole("status").first().locator("p, li").allTextContents()).toEqual(REFUSED);

  await dana.press(SWITCH_ON);
  await dana.message("ci-uploader is on. Tigris may need a minute.").waitFor();
  await dana.message(/On · ci-uploader/).waitFor();
  await listed.filter({ hasText: "ReadOnly · logs" }).waitFor();
  expect(await dana.tryKey(pair)).toEqual([
    "It works.",
    "Get an object: works",
    "Put an object: refused",
    "List objects: works",
    "CreateAccessKey: refused",
    "List buckets: works",
    "It may list buckets, read logs, list keys.",
  ]);
});

test("an Admin key: refused to its requester, approved by somebody else, and its secret is gone after a reload", async () => {
  await dana.command("/tigris-key create deploy");
  await dana.dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dana.dialog.getByText("can approve this").waitFor();
  await dana.dialog.getByRole("textbox", { name: "Reason" }).fill("Nightly backups of the build server");
  await dana.dialog.getByRole("button", { name: "Ask for approval" }).click();
  await dana.dialog.waitFor({ state: "detached" });

  await dana.goTo("key-approvals");
  await dana.press("Approve deploy", "Approve");
  await dana.message("You asked for this key").getByText("Only visible to you").waitFor();

  await ann.page.getByRole("button", { name: /key-approvals.*unread/ }).waitFor();
  await ann.goTo("key-approvals");
  await ann.press("Approve deploy", "Approve");
  await ann.message("secret not shown yet").waitFor();
  expect(await ann.page.getByText("You asked for this key").count()).toBe(0);

  await dana.goTo("Tigris Keys");
  await dana.press("Show my secret");
  const { secretAccessKey } = await dana.secret();
  expect(secretAccessKey).toMatch(/^tsec_/);
  await dana.page.reload();
  await dana.message("deploy").waitFor();
  expect(await dana.page.content()).not.toContain(secretAccessKey);
  await dana.message(/Off · deploy/).waitFor();
});

test("another key in place of one whose secret is lost: switched on from its card after a reload, paused, resumed, deleted", async () => {
  const panel = await dana.tigris();
  const listed = panel.getByRole("listitem").filter({ hasText: "deploy-" });
  await listed.filter({ hasText: "no role" }).waitFor();
  const lost = (await listed.locator("code").textContent()) ?? "";
  await dana.press("New secret for deploy");
  await panel.getByText(lost).waitFor({ state: "detached" });
  const pair = await dana.secret();
  expect(await dana.tryKey(pair)).toEqual(REFUSED);

  await dana.page.reload();
  await dana
    .message(/Off · deploy/)
    .getByRole("button", { name: SWITCH_ON })
    .click();
  await dana.message(/On\b[^·]*· deploy/).waitFor();
  await dana.tigris();
  await listed.filter({ hasText: "Admin" }).waitFor();
  expect(await dana.tryKey(pair)).toEqual(WORKS);

  await dana.press("Pause deploy", "Pause");
  await dana.message("works nowhere").waitFor();
  await listed.filter({ hasText: "inactive" }).waitFor();
  expect(await dana.tryKey(pair)).toEqual(["It does not work: InvalidAccessKeyId"]);
  await dana.press("Resume deploy");
  await dana.message(/On\b[^·]*· deploy/).waitFor();
  await listed.filter({ hasText: "inactive" }).waitFor({ state: "detached" });
  expect(await dana.tryKey(pair)).toEqual(WORKS);

  await dana.pick("Delete key", /On\b[^·]*· deploy/, "Delete key");
  await dana.message(/Deleted by you.*deploy/s).waitFor();
  await panel.getByText("ci-uploader-").first().waitFor();
  await panel.getByText(pair.accessKeyId).waitFor({ state: "detached" });
});
