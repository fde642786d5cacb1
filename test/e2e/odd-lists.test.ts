import { OWN_KEY } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { approvalsCard, askForReadOnly, card, keep, reveal } from "./play";

const CREATE = "CreateAccessKeyWithBucketsRole";
const HOUR = 3_600_000;

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 2_000 } } }, (one) => {
  world = one;
});

const made = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
/** How many searches there were, by the record: one that was held up past its lease is done once more. */
const searches = async () =>
  (await world.database.rows("select id from events where name = 'attempt.searched'")).length;
const isTold = () => approvalsCard(world, "so I deleted none") !== undefined;
const pass = (what: string, isOver: () => unknown, stepMs = 10_000) =>
  passUntil(what, isOver, { clock: world.clock, stepMs });

/** A key whose answer is lost. @returns its id */
async function loseKey(when: "before" | "after" = "after"): Promise<string> {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when });
  await dana.press("Show my secret", { in: dana.dm(), message: ({ text }) => text.includes("ci") });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  return made()[0]?.accessKeyId ?? "";
}

describe("a lost key", () => {
  test("that no list shows for days: nobody waits for it, and it goes once a list shows it", async () => {
    const { dana, tigris } = world;
    const lost = await loseKey();
    tigris.controls.leaveOutOfPages([lost]);
    await keep(dana, "ci");
    const before = await searches();
    await pass("the searches of the first quarter of an hour", async () => (await searches()) === before + 2);
    await pass("the one of the next day", async () => (await searches()) === before + 3, HOUR);
    expect([made().length, isTold()]).toEqual([2, false]);
    tigris.controls.leaveOutOfPages([]);
    await pass("the lost key to go", () => made().every(({ accessKeyId }) => accessKeyId !== lost), HOUR);
    expect(made()).toMatchObject([{ bucketsRole: [{ bucket: "*", role: "ReadOnly" }] }]);
  }, 90_000);

  test("that was never made: it is looked for twice and then once a day, and nobody is told", async () => {
    const before = await searches();
    await loseKey("before");
    await pass("the first search", async () => (await searches()) === before + 1);
    await pass("the second search", async () => (await searches()) === before + 2);
    const until = world.clock.now() + 20 * HOUR;
    await pass("most of a day", () => world.clock.now() > until, HOUR);
    expect([(await searches()) - before, isTold()]).toEqual([2, false]);
  });

  test("is found and goes where lists never show the bot's own key, too", async () => {
    const { dana, tigris } = world;
    tigris.controls.leaveOut([OWN_KEY.accessKeyId]);
    await world.restartBot({ DATABASE_URL: await world.otherDatabase() });
    await loseKey();
    await pass("the key to go", () => made().length === 0);
    await keep(dana, "ci");
    expect([made().length, isTold()]).toEqual([1, false]);
  });
});

test("buckets with odd names are left out of the form, and the others can be chosen", async () => {
  const { dana, tigris } = world;
  tigris.controls.setBuckets(["_internal", "team:assets", "builds"]);
  await dana.command("/tigris-key create ci");
  await dana.until("the form", () => dana.modal()?.fields["Key name"]);
  await dana.fill({ Buckets: ["builds"] });
  await dana.submit();
  await dana.until("the card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Show my secret"));
  const { accessKeyId } = await keep(dana, "ci");
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

  test("a list that leaves out the bot's own key, after a start with it: the same organization, and work goes on", async () => {
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
    tigris.controls.setOrganization("somebody-else");
    await expect(world.restartBot()).rejects.toMatchObject({ code: "other_organization" });
  });
});
