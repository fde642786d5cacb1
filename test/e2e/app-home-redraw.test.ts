import { APP_HOME_DRAWN_EVERY_MS, APP_HOME_LIVE_MS } from "../../src/domain/limits";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { allSent, askForAdmin, askForReadOnly, reveal, switchOn } from "./play";
import { copyKey, drawingsOf, homeText, laterShows, makeKeys, openHome, shows } from "./play-home";

let world: World;
afterEach(() => endWorld(world));

test("what waits for an approver and for a requester is drawn again after a decision elsewhere, with the way to the card", async () => {
  world = await createWorld("socket");
  const { dana, ann, eve } = world;
  await openHome(ann, "Your keys (0)");
  await openHome(dana, "Your keys (0)");
  await openHome(eve, "Your keys (0)");
  world.clock.advance(APP_HOME_DRAWN_EVERY_MS);
  await askForAdmin(world, dana, "deploy");
  await shows(dana, "Waiting for approval · Admin key deploy, asked");
  await shows(ann, "Admin key deploy for @dana, asked");
  world.clock.advance(APP_HOME_DRAWN_EVERY_MS);
  const place = ann.screen(APPROVALS).find(({ text: said }) => said.includes("deploy"));
  const address = `https://acme.slack.com/archives/${APPROVALS}/p${place?.ts.replace(".", "")}`;
  await ann.until("the way to the card", () => ann.home()?.buttons.some(({ url }) => url === address));
  await ann.press("Approve", { in: APPROVALS });
  await laterShows(world, dana, "Ready · Admin key deploy");
  expect(dana.home()?.buttons.find(({ label }) => label === "Open")?.url).toContain(`/archives/${dana.dm()}/p`);
  await ann.until("nothing to decide", () => !homeText(ann).includes("deploy"));
  expect(homeText(eve)).not.toContain("deploy");
  expect(drawingsOf(world, eve)).toBe(1);

  await dana.press("Open", { home: true });
  expect(world.tigris.keys()).toHaveLength(1);
  await reveal(dana, "deploy");
  await laterShows(world, dana, "Off · Admin key deploy: have you saved its secret?");
  await switchOn(dana, "deploy");
  world.clock.advance(APP_HOME_DRAWN_EVERY_MS);
  await dana.until(
    "nothing waits",
    () => !homeText(dana).includes("Waiting for you") && homeText(dana).includes("deploy · Admin"),
  );
});

test("changes within ten seconds show together, and only for an hour after it was opened", async () => {
  world = await createWorld("socket");
  const { dana, clock } = world;
  await openHome(dana, "Your keys (0)");
  const before = drawingsOf(world, dana);
  await askForReadOnly(dana, "one");
  await askForReadOnly(dana, "two");
  clock.advance(APP_HOME_DRAWN_EVERY_MS - 1);
  await askForReadOnly(dana, "three");
  expect(drawingsOf(world, dana)).toBe(before);
  clock.advance(1);
  // The round of this moment may have looked a moment before.
  await laterShows(world, dana, "key three");
  expect(homeText(dana)).toContain("key one");
  expect(drawingsOf(world, dana)).toBe(before + 1);
  clock.advance(APP_HOME_LIVE_MS);
  await askForReadOnly(dana, "four");
  await allSent(world);
  expect(drawingsOf(world, dana)).toBe(before + 1);
});

test("a bot that stops between a change and the drawing leaves the drawing to the next one", async () => {
  world = await createWorld("socket");
  const { dana, clock } = world;
  await openHome(dana, "Your keys (0)");
  await askForReadOnly(dana, "one");
  await world.restartBot();
  expect(homeText(dana)).not.toContain("key one");
  clock.advance(APP_HOME_DRAWN_EVERY_MS);
  await shows(dana, "Ready · ReadOnly key one");
});

test("what was read earlier is never drawn over what was read later", async () => {
  world = await createWorld("socket");
  const { dana, slack } = world;
  await makeKeys(world, dana, "service");
  await copyKey(world, "service", 16);
  const held = slack.faults.arm({ call: "views.publish" }, { kind: "hold", when: "before" });
  await dana.openHome();
  await held.reached;
  await dana.openHome();
  await dana.openHome();
  await until(
    "the acts",
    async () => (await world.database.rows("select acts as id from app_homes where acts = 3")).length,
  );
  expect(dana.home()).toBeNull();
  await askForReadOnly(dana, "late");
  held.release();
  await shows(dana, "Ready · ReadOnly key late");
});

test("a member who becomes a guest reads that at the next drawing", async () => {
  world = await createWorld("socket");
  const { dana, slack } = world;
  await askForAdmin(world, dana, "deploy");
  await openHome(dana, "deploy");
  slack.setPerson(dana.id, { isRestricted: true });
  await world.ann.press("Approve", { in: APPROVALS });
  await laterShows(world, dana, "is for full members");
  expect(homeText(dana)).not.toContain("deploy");
});
