import { join } from "node:path";
import type { Window } from "../../sandbox/browser/window";
import { SWITCH_ON } from "../e2e/play";
import { ROOT, startWorld, type World } from "./world";

/** The sandbox as `npm run sandbox -- --policy` starts it: two of the storage team decide about production. */

let world: World;
let dana: Window;
let ann: Window;
let bob: Window;

beforeAll(async () => {
  world = await startWorld("socket", { policyFile: join(ROOT, "docs/policies/teams-with-production.yaml") });
  [dana, ann, bob] = [await world.open("dana"), await world.open("ann"), await world.open("bob")];
  for (const { page } of [dana, ann, bob]) page.setDefaultTimeout(WAITS_MS);
});
afterAll(() => world.stop());

/** The bot looks groups up no more often than Slack lets it, twenty times a minute: clicks in quick succession wait for that. */
const WAITS_MS = 30_000;

const NOTE = '2 of 2 people have to approve this (rule "production, to change it")';

async function choose(bucket: string): Promise<void> {
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).click();
  await dana.dialog.getByRole("option", { name: bucket }).click();
}

test(
  "production: the form says who decides, the card counts two of them, and the key works",
  async () => {
    await dana.command("/tigris-key create deploy");
    await dana.dialog.getByRole("radio", { name: /^Editor/ }).check();
    await choose("prod-data");
    await dana.dialog.getByText(NOTE).waitFor();
    await dana.dialog.getByRole("textbox", { name: "Reason" }).fill("Nightly backups of the build server");
    await dana.dialog.getByRole("button", { name: "Ask for approval" }).click();
    await dana.dialog.waitFor({ state: "detached" });

    for (const approver of [ann, bob]) await approver.goTo("key-approvals");
    await ann.message("0 of 2").waitFor();
    await ann.press("Approve deploy", "Approve");
    await ann.message("1 of 2: @ann").waitFor();
    await bob.message("1 of 2: @ann").waitFor();
    await bob.press("Approve deploy", "Approve");
    for (const approver of [ann, bob]) await approver.message("secret not shown yet").waitFor();

    await dana.press("Show my secret");
    const pair = await dana.secret();
    await dana.press(SWITCH_ON);
    await dana.message(/On\b[^·]*· deploy/).waitFor();
    await dana.tigris();
    expect((await dana.tryKey(pair)).at(-1)).toMatch(/read prod-data/);
  },
  4 * WAITS_MS,
);
