import { OWN_KEY } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { approvalsCard, askForReadOnly, card, keep, reveal } from "./play";

const CREATE = "CreateAccessKeyWithBucketsRole";
const MINUTE = 60_000;

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 2_000 } } }, (one) => {
  world = one;
});

const live = (name = "ci") => world.tigris.keys().filter((key) => key.name.startsWith(`${name}-`));
const searches = () => world.tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId);
const isTold = () => approvalsCard(world, "Tigris's list of keys may leave some out") !== undefined;
const pass = (what: string, isOver: () => unknown) =>
  passUntil(what, isOver, { clock: world.clock, stepMs: 10_000, limitMs: 15_000 });

/** A key whose answer is lost, and which no list shows. */
async function loseKey(): Promise<string> {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  const frozen = tigris.controls.freezeListing();
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  await dana.press("Reveal secret", { in: dana.dm(), message: ({ text }) => text.includes("ci") });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can reveal again"));
  const [lost] = live();
  frozen.release();
  if (!lost) throw new Error("no key was made");
  return lost.accessKeyId;
}

/** A key that stays, and is more than ten minutes old. */
async function keepOld(): Promise<string> {
  await askForReadOnly(world.dana, "web");
  const { accessKeyId } = await keep(world.dana, "web");
  world.clock.advance(11 * MINUTE);
  return accessKeyId;
}

describe("an organisation whose lists show the bot's own key", () => {
  test("a list that looks whole and ends before that one: people are told, and the search goes on", async () => {
    const { tigris } = world;
    const lost = await loseKey();
    // A look at the bot's own key shows it: another query than the search proves nothing about the search.
    tigris.controls.leaveOutOfPages([lost, OWN_KEY.accessKeyId]);
    await pass("the alert", isTold);
    expect(searches()).toHaveLength(6);
    tigris.controls.leaveOutOfPages([]);
    await pass("the key to be deleted", () => live().length === 0);
  });

  test("a list that shows it and not the lost key: there is none, nobody is told", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
    await dana.press("Reveal secret", { in: dana.dm() });
    await pass("six searches", () => searches().length === 6);
    for (let more = 0; more < 90; more++) world.clock.advance(10_000);
    expect([searches().length, isTold()]).toEqual([6, false]);
  });
});

describe("an organisation whose lists never show the bot's own key", () => {
  const startWithout = async () => {
    world.tigris.controls.leaveOut([OWN_KEY.accessKeyId]);
    await world.restartBot({ DATABASE_URL: `file:${world.databaseFile}.new` });
  };

  test("keys are made, and a search ends once a list shows every key that is on", async () => {
    const { dana, tigris, clock } = world;
    await startWithout();
    await keepOld();
    await askForReadOnly(dana, "ci");
    tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
    await dana.press("Reveal secret", { in: dana.dm(), message: ({ text }) => text.includes("ci") });
    await pass("six searches", () => searches().filter(({ params }) => params.MaxItems === "1000").length === 6);
    const before = searches().length;
    for (let more = 0; more < 90; more++) clock.advance(10_000);
    expect([searches().length, isTold()]).toEqual([before, false]);
  });

  test("a list that leaves out another key that is there: people are told, and the search goes on", async () => {
    const { tigris } = world;
    await startWithout();
    const old = await keepOld();
    const lost = await loseKey();
    // Only the list leaves it out; asked for by itself it is there.
    tigris.controls.leaveOutOfPages([lost, old]);
    await pass("the alert", isTold);
    tigris.controls.leaveOutOfPages([]);
    await pass("the key to be deleted", () => live().length === 0);
  });

  test("a key that somebody deleted in the Dashboard keeps no search open", async () => {
    const { dana, tigris, clock } = world;
    await startWithout();
    const old = await keepOld();
    await askForReadOnly(dana, "api");
    await keep(dana, "api");
    clock.advance(11 * MINUTE);
    tigris.controls.removeKey(old);
    await askForReadOnly(dana, "ci");
    tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
    await dana.press("Reveal secret", { in: dana.dm(), message: ({ text }) => text.includes("ci") });
    const whole = () => searches().filter(({ params }) => params.MaxItems === "1000").length;
    await pass("six searches", () => whole() === 6);
    for (let more = 0; more < 90; more++) clock.advance(10_000);
    expect([whole(), isTold()]).toEqual([6, false]);
  });
});

test("buckets with odd names are left out of the form, and the others can be chosen", async () => {
  const { dana, tigris } = world;
  tigris.controls.setBuckets(["_internal", "team:assets", "builds"]);
  await dana.command("/tigris-key create ci");
  await dana.until("the form", () => dana.modal()?.fields["Key name"]);
  await dana.fill({ Buckets: ["builds"] });
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Reveal secret"));
  const { accessKeyId } = await reveal(dana, "ci");
  expect(tigris.keys().find((key) => key.accessKeyId === accessKeyId)?.bucketsRole).toMatchObject([
    { bucket: "builds" },
  ]);
});

describe("readiness", () => {
  const ready = async () => {
    const answer = await fetch(`http://127.0.0.1:${world.port}/readyz`);
    return { status: answer.status, text: await answer.text() };
  };

  test("the bot's own key is revoked after the start: the next look says so", async () => {
    const { tigris, clock } = world;
    expect((await ready()).status).toBe(200);
    tigris.controls.removeKey(OWN_KEY.accessKeyId);
    clock.advance(16_000);
    expect(await ready()).toMatchObject({ status: 503, text: expect.stringContaining("InvalidAccessKeyId") });
    const looks = tigris.calls.length;
    await ready();
    expect(tigris.calls.length).toBe(looks);
  });

  test("a list that leaves out the bot's own key, after a start with it: the same organisation, and work goes on", async () => {
    const { dana, tigris } = world;
    tigris.controls.leaveOut([OWN_KEY.accessKeyId]);
    tigris.controls.addKey("another", []);
    await world.restartBot();
    expect((await ready()).status).toBe(200);
    tigris.controls.emptyListing(true);
    await world.restartBot();
    expect((await ready()).status).toBe(200);
    await askForReadOnly(dana, "ci");
    await reveal(dana, "ci");
    tigris.controls.setOrganisation("somebody-else");
    await expect(world.startBot()).rejects.toMatchObject({ code: "other_organisation" });
  });
});
