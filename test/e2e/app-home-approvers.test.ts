import { APPROVERS_GROUP } from "../kit/people";
import { createWorld, endWorld, type World } from "../kit/world";
import { askForAdmin, askForReadOnly, keep } from "./play";
import { homeText, laterShows, listedIn, listings, makeKeys, openHome, shows } from "./play-home";

let world: World;
afterEach(() => endWorld(world));

test("an approver has nobody's own request to decide, and somebody else's name shows to nobody else", async () => {
  world = await createWorld("socket");
  const { ann, bob } = world;
  await askForAdmin(world, ann, "deploy");
  await openHome(ann, "Waiting for approval · Admin key deploy");
  expect(homeText(ann)).not.toContain("for @ann");
  await openHome(bob, "Admin key deploy for @ann");
});

describe("everybody's keys", () => {
  beforeEach(async () => {
    world = await createWorld("socket");
    const { dana, bob, ann } = world;
    await makeKeys(world, dana, "danas");
    await makeKeys(world, bob, "bobs");
    await world.database.execute(
      `update keys set permission = 'Editor', buckets = '["builds","logs"]' where key_name = 'danas'`,
    );
    await openHome(ann, "Your keys (0)");
    await ann.press("Everybody's keys", { home: true });
    await shows(ann, "Everybody's keys (2)");
  });

  test("are narrowed to a person, a permission and a bucket, each of them an event; nobody else is offered them", async () => {
    const { ann, dana } = world;
    expect(homeText(ann)).toMatch(/danas · Editor · builds, logs · on · .* · @dana/);
    await ann.fillHome({ Person: "dana" });
    await shows(ann, "Everybody's keys (1)");
    expect(listedIn(ann)).toEqual(["danas"]);
    await ann.press("Clear", { home: true });
    await shows(ann, "Everybody's keys (2)");
    await ann.fillHome({ Permission: "ReadOnly" });
    await ann.until("one key", () => listedIn(ann).join() === "bobs");
    await ann.fillHome({ Permission: "Any permission" });
    await ann.until("both", () => listedIn(ann).length === 2);
    expect(await ann.options("Bucket", "med", { home: true })).toEqual(["media-archive"]);
    await ann.fillHome({ Bucket: "media-archive" });
    await ann.until("what opens all", () => listedIn(ann).join() === "bobs");
    await ann.fillHome({ Bucket: "logs" });
    await ann.until("what opens it, by name too", () => listedIn(ann).length === 2);
    await ann.fillHome({ Permission: "Admin" });
    await shows(ann, "No key matches this. Clear shows all.");
    expect(await listings(world)).toEqual(
      ["all", dana.id, "all", "all", "all", "all", "all", "all"].map((outcome) => `${ann.id} ${outcome}`),
    );
    await ann.press("Your keys", { home: true });
    await shows(ann, "Your keys (0)");
    await openHome(dana, "Your keys (1)");
    expect(dana.home()?.buttons.map(({ label }) => label)).not.toContain("Everybody's keys");
  });

  test("are drawn again without another event, and no more for who has lost the role", async () => {
    const { ann, dana, slack } = world;
    await askForReadOnly(dana, "more");
    await keep(dana, "more");
    await laterShows(world, ann, "Everybody's keys (3)");
    expect(await listings(world)).toHaveLength(1);
    slack.setGroup(APPROVERS_GROUP, ["UBOB00001"]);
    await dana.command("/tigris-key list");
    await askForReadOnly(dana, "again");
    await dana.press("Cancel", { in: dana.dm() });
    await laterShows(world, ann, "Only approvers see everybody's keys, so this shows only what is yours.");
    expect(homeText(ann)).toContain("Your keys (0)");
    expect(homeText(ann)).not.toContain("danas");
    await ann.openHome();
    await ann.until("their own alone", () => !homeText(ann).includes("Only approvers"));
  });

  test("are left out where nobody can say who the approvers are", async () => {
    const { ann, slack } = world;
    slack.faults.arm({ call: "usergroups.users.list" }, { kind: "refuse", status: 500, body: {} });
    await ann.openHome();
    await shows(ann, "I couldn't check with Slack whether you are an approver");
    expect(homeText(ann)).not.toContain("danas");
  });

  test("are acted on by an approver, who may pause and delete them", async () => {
    const { ann, dana } = world;
    await ann.press("Pause", { home: true, beside: "danas" });
    await shows(ann, "You paused danas");
    expect(homeText(ann)).toContain("danas · Editor · builds, logs · paused");
    await dana.until("the notice", () => dana.screen().some(({ text: said }) => said.includes("Paused by @ann")));
  });
});

test("a crafted click of who is no approver shows them their own", async () => {
  world = await createWorld("socket");
  const { dana, ann, eve } = world;
  await makeKeys(world, dana, "danas");
  await openHome(ann, "Your keys (0)");
  await openHome(eve, "Your keys (0)");
  await world.database.execute(
    `update app_homes set look_json = '{"v":3,"whose":"everybody","from":null,"search":"","ownerId":null,"permission":null,"bucket":null,"emptiedAt":0}'`,
  );
  await openHome(eve, "Only approvers see everybody's keys, so this shows only what is yours.");
  expect(homeText(eve)).toContain("Your keys (0)");
  expect(homeText(eve)).not.toContain("danas");
  expect(await listings(world)).toEqual([]);
});
