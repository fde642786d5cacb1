import { APP_HOME_LIVE_MS, PERSON_RATE_LIMIT } from "../../src/domain/limits";
import { until } from "../kit/until";
import { createWorld, endWorld, type Mode, type World } from "../kit/world";
import { answers, askForAdmin, askForReadOnly } from "./play";
import { copies, copyKey, drawingsOf, homeText, laterShows, listedIn, makeKeys, openHome, shows } from "./play-home";

let world: World;
afterEach(() => endWorld(world));

describe.each<Mode>(["socket", "http"])("over %s", (mode) => {
  test("whoever opens it for the first time reads what this is, and gets a key from there", async () => {
    world = await createWorld(mode);
    const { dana, slack } = world;
    await openHome(dana, "gives you access keys for Tigris buckets.");
    expect(homeText(dana)).toContain("Admin keys need somebody's approval.");
    expect(homeText(dana)).toContain("Your keys (0)");
    await dana.press("Get a key", { home: true });
    await dana.until("the form", () => dana.modal()?.fields["Key name"]);
    const before = drawingsOf(world, dana);
    await slack.redeliver(slack.deliveries.findIndex(({ kind }) => kind === "event"));
    expect(drawingsOf(world, dana)).toBe(before);
    await dana.openHome({ tab: "messages" });
    expect(drawingsOf(world, dana)).toBe(before);
  });
});

test("pages, a search, and the way back; a redraw keeps what somebody looks at", async () => {
  world = await createWorld("socket");
  const { dana } = world;
  await makeKeys(world, dana, "service");
  await copyKey(world, "service", 16);
  await openHome(dana, "Your keys (17)");
  expect(listedIn(dana)).toEqual(["service", ...copies(1, 9)]);
  await dana.press("Older", { home: true });
  await shows(dana, "copy-16");
  expect(listedIn(dana)).toEqual(copies(10, 16));
  await askForReadOnly(dana, "other");
  await laterShows(world, dana, "Ready · ReadOnly key other");
  expect(listedIn(dana)).toEqual(copies(10, 16));
  await dana.press("Newer", { home: true });
  await shows(dana, "copy-9");
  await dana.fillHome({ "Search, then press Enter": " COPY-1 " }, { enter: true });
  await shows(dana, "Your keys (8)");
  expect(dana.home()?.fields["Search, then press Enter"]?.value).toBe(" COPY-1 ");
  await dana.fillHome({ "Search, then press Enter": "nosuch" }, { enter: true });
  await shows(dana, "No key of yours matches this. Clear shows all.");
  await dana.press("Clear", { home: true });
  await shows(dana, "Your keys (17)");
  expect(dana.home()?.fields["Search, then press Enter"]?.value).toBeFalsy();
  await dana.press("Older", { home: true });
  await shows(dana, "copy-16");
  const before = drawingsOf(world, dana);
  await dana.openHome();
  await until("the opening", () => drawingsOf(world, dana) > before);
  expect(listedIn(dana)).toEqual(copies(10, 16));
  world.clock.advance(APP_HOME_LIVE_MS + 1);
  await dana.openHome();
  await shows(dana, "copy-9");
});

test("what was done in a row shows at the top and in the row; a no opens before it", async () => {
  world = await createWorld("socket");
  const { dana, slack } = world;
  await makeKeys(world, dana, "ci-1");
  await openHome(dana, "ci-1 · ReadOnly · all buckets · on");
  await dana.press("Pause", { home: true });
  await shows(dana, "You paused ci-1");
  await shows(dana, "ci-1 · ReadOnly · all buckets · paused");
  slack.faults.arm({ call: "users.info" }, { kind: "refuse", status: 500, body: {} });
  await dana.press("Resume", { home: true });
  await dana.until("the no", () => dana.modal()?.text.includes("I couldn't check with Slack"));
  await dana.close();
  await dana.press("Resume", { home: true });
  await shows(dana, "ci-1 works again");
  await dana.press("New secret", { home: true });
  await dana.until("the way", () => dana.modal()?.text.includes("A secret is shown only in our DM"));
  expect(dana.modal()?.buttons.find(({ label }) => label === "Open its card")?.url).toContain(
    `/archives/${dana.dm()}/p`,
  );
  await dana.close();
  await dana.press("Details", { home: true });
  await dana.until("what is known of it", () => dana.modal()?.text.includes("In the Dashboard"));
  await dana.close();
  await dana.press("Delete key", { home: true });
  await dana.until("the form", () => dana.modal()?.text.includes("Your key, made"));
  await dana.submit();
  await dana.until("how it went", () => dana.modal()?.text.includes("You deleted ci-1"));
  await shows(dana, "Your keys (0)");
  expect(dana.toasts()).toEqual([]);
  expect(answers(dana)).toEqual([expect.stringContaining("ci-1 is on")]);
});

test.each<["gus" | "olga"]>([["gus"], ["olga"]])("%s reads who may use it, and nothing else", async (name) => {
  world = await createWorld("socket");
  const person = world[name];
  await askForAdmin(world, world.dana, "deploy");
  await openHome(person, "Tigris Keys is for full members of this workspace. Ask one of them if you need a key.");
  expect(person.home()?.buttons).toEqual([]);
  expect(person.home()?.blocks).toHaveLength(1);
  expect(world.log.filter((line) => line.includes('"event":"refused"') && line.includes("home_opened"))).toHaveLength(
    1,
  );
});

test("300 keys and much that waits stay within Slack's limits", async () => {
  world = await createWorld("socket", { env: { MAX_KEYS_PER_USER: "400" } });
  const { dana, ann } = world;
  await makeKeys(world, dana, "service");
  await copyKey(world, "service", 299);
  for (const name of ["a1", "a2", "a3"]) await askForAdmin(world, dana, name);
  await openHome(dana, "Your keys (300)");
  await openHome(ann, "Admin key a3 for @dana");
  await ann.press("Everybody's keys", { home: true });
  await shows(ann, "Everybody's keys (300)");
  for (let page = 2; page <= 30; page++) {
    const before = listedIn(dana).join();
    await dana.press("Older", { home: true });
    await dana.until("the next page", () => listedIn(dana).join() !== before);
  }
  expect(listedIn(dana)).toEqual(copies(290, 299));
  expect(dana.home()?.buttons.map(({ label }) => label)).not.toContain("Older");
}, 60_000);

test("who does too much in it is told, before it", async () => {
  world = await createWorld("socket", { overrides: { personRateLimit: { ...PERSON_RATE_LIMIT, limit: 2 } } });
  const { dana } = world;
  await openHome(dana, "Your keys (0)");
  await dana.press("Get a key", { home: true });
  await dana.until("the form", () => dana.modal()?.fields["Key name"]);
  await dana.close();
  await dana.press("Get a key", { home: true });
  await dana.until("the reason", () => dana.modal()?.text.includes("That was a lot at once"));
  const before = drawingsOf(world, dana);
  await dana.openHome();
  expect(drawingsOf(world, dana)).toBe(before);
});
