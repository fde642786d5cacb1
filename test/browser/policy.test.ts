import { join } from "node:path";
import { ROOT, startWorld, type World } from "./world";

let world: World;

beforeAll(async () => {
  world = await startWorld("socket", { policyFile: join(ROOT, "docs", "policies", "teams-with-production.yaml") });
});
afterAll(() => world.stop());

test("production needs two of the storage team, and the card counts them", async () => {
  const dana = await world.open("dana");
  await dana.command("/tigris-key create prod-writer");
  await dana.dialog.getByRole("radio", { name: /^Editor/ }).check();
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).click();
  await dana.dialog.getByRole("option", { name: "prod-data" }).click();
  await dana.dialog.getByText("production, to change it").first().waitFor();
  await dana.dialog.getByRole("textbox", { name: "Reason" }).fill("Moves the archive of the last year");
  await dana.dialog.getByRole("button", { name: "Ask for approval" }).click();
  await dana.dialog.waitFor({ state: "detached" });

  for (const [name, sees] of [
    ["ann", "1 of 2"],
    ["bob", "secret not shown yet"],
  ] as const) {
    const decider = await world.open(name);
    await decider.goTo("key-approvals");
    await decider.press("Approve prod-writer", "Approve");
    await decider.message(sees).waitFor();
  }
  await dana.press("Show my secret of prod-writer");
  expect((await dana.secret()).secretAccessKey).toMatch(/^tsec_/);
});
