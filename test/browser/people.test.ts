import { startWorld, type World } from "./world";

let world: World;

beforeAll(async () => {
  world = await startWorld("http");
});
afterAll(() => world.stop());

test("a guest is refused in words", async () => {
  const gus = await world.open("gus");
  await gus.command("/tigris-key create mine");
  await gus.dialog.getByText("Guests can't").waitFor();
});

test("somebody of another organization is told that the command is not theirs", async () => {
  const olga = await world.open("olga");
  await olga.goTo("general");
  await olga.command("/tigris-key create mine");
  await olga.page.getByRole("alert").getByText("not available to people of other organizations").waitFor();
});

test("one window is enough: whoever one becomes has a view, unread marks and a zone of their own", async () => {
  const dana = await world.open("dana");
  await dana.command("/tigris-key create shared");
  await dana.dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dana.dialog.getByText("can approve this").waitFor();
  await dana.dialog.getByRole("textbox", { name: "Reason" }).fill("To be seen by the approvers");
  await dana.dialog.getByRole("button", { name: "Ask for approval" }).click();
  await dana.dialog.waitFor({ state: "detached" });
  await dana.page.getByRole("button", { name: /^Bob.*1 unread$/ }).click();
  expect(dana.page.url()).toContain("as=bob");
  await dana.page.getByText("Asia/Tokyo").waitFor();
  await dana.goTo("key-approvals");
  expect(await dana.page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe("Message #key-approvals");
  await dana.page.getByRole("button", { name: /^Bob.*approver$/ }).waitFor();
  await dana.page.goBack();
  await dana.page.getByText("Europe/Berlin").waitFor();
});

test("a command that there is not, and a text, which is a message", async () => {
  const opal = await world.open("opal");
  await opal.command("/nothing here");
  await opal.page.getByRole("alert").getByText("/nothing is not a valid command").waitFor();
  await opal.command("hello");
  await opal.message("hello").getByText("Opal").waitFor();
});

test("pages of other addresses may neither look nor act", async () => {
  const { url } = world.stage;
  const elsewhere = { origin: "http://elsewhere.example" };
  for (const path of ["sandbox/people", "sandbox/happened", "sandbox/tigris/keys", "sandbox/bot"])
    expect((await fetch(`${url}${path}`, { headers: elsewhere })).status).toBe(403);
  const kill = await fetch(`${url}sandbox/bot/kill`, { method: "POST", headers: elsewhere });
  expect(kill.status).toBe(403);
  expect(world.stage.bot.status().state).toBe("running");
});
