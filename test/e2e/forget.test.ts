import { DAY_MS, HOUR_MS as HOUR, ROUND_MS } from "../../src/domain/limits";
import { testedDatabase } from "../kit/database";
import { APPROVALS, GENERAL } from "../kit/people";
import { findSecrets } from "../kit/secret-search";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { allSent, answers, askForAdmin, askForReadOnly, card, keep, reveal, secretMessages } from "./play";

const REASON = "quicksilver in the thermometers";

let world: World;
afterEach(() => endWorld(world));

/** Looks into the record, from beside the bot. */
const rows = <Row = { id: string }>(sql: string) => world.database.rows<Row>(sql);
const execute = (sql: string) => world.database.execute(sql);

/** A request that was denied, and whose card offers to ask again. */
async function deniedFor(keyName: string): Promise<void> {
  const { dana, ann } = world;
  await askForAdmin(world, dana, keyName);
  await ann.press("Deny", { in: APPROVALS });
  await ann.until("the form", () => ann.modal()?.fields.Reason);
  await ann.fill({ Reason: REASON });
  await ann.submit();
  await dana.until("the card", () => card(dana, keyName)?.buttons.some(({ label }) => label === "Ask again"));
}

/** What the worker does by itself: a round that a jump of the clock met half-way is over before, so there has to be another. */
const pass = (what: string, isSo: () => unknown) => passUntil(what, isSo, { clock: world.clock, stepMs: ROUND_MS });

const gone = (what: string, sql: string) => pass(what, async () => (await rows(sql)).length === 0);

test("a request without a key goes after KEEP_DAYS, with what was typed; its events stay, and its card knows nothing", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30" } });
  const { dana, clock } = world;
  await deniedFor("deploy");
  await allSent(world);
  const before = (await rows("select id from events")).length;
  clock.advance(29 * DAY_MS);
  await dana.command("/tigris-key list", { in: GENERAL });
  await dana.until("an answer", () => answers(dana, GENERAL).length > 0);
  expect(await rows("select id from requests")).toHaveLength(1);
  clock.advance(DAY_MS);
  await gone("the request to go", "select id from requests");
  expect(await rows("select subject_id as id from timers where kind <> 'sweep_owners'")).toEqual([]);
  expect((await rows("select name as id, outcome from events order by id")).slice(before)).toEqual([
    { id: "request.forgotten", outcome: "denied" },
  ]);
  await dana.press("Ask again", { in: dana.dm() });
  await dana.until("the answer", () => dana.modal()?.text.includes("I don't know this request"));
  if (testedDatabase === "sqlite") await execute("pragma wal_checkpoint(truncate)");
  expect(findSecrets(["quicksilver"], await world.database.contents())).toEqual([]);
});

test("a key and its request stay for good; what was tried for it goes, but its newest delivery", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30" } });
  const { dana, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm(
    { call: "CreateAccessKeyWithBucketsRole" },
    { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
  );
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the refusal", () => answers(dana).some((text) => text.includes("Tigris refused to make ci")));
  await keep(dana, "ci");
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the new secret", () => secretMessages(dana).length === 1);
  await until("the key to be live", async () => (await rows("select * from keys where state = 'live'")).length === 1);
  // What Tigris refused, what made the key, what switched it on, and the new secret.
  expect(await rows("select id from attempts")).toHaveLength(4);
  clock.advance(30 * DAY_MS);
  await pass("what was tried to go", async () => (await rows("select id from attempts")).length === 1);
  expect(await rows("select id from attempts")).toEqual(await rows("select delivery_id as id from keys"));
  expect(await rows("select id from requests")).toHaveLength(1);
  expect(await rows("select tigris_name from used_names")).toHaveLength(2);
  await dana.press("I've saved it");
  await dana.until("the card", () => card(dana, "ci")?.text.includes("saved"));
});

test("KEEP_DAYS counts for what ended before it was set", async () => {
  world = await createWorld("socket");
  const { clock, dana } = world;
  await deniedFor("deploy");
  clock.advance(100 * DAY_MS);
  await dana.command("/tigris-key list", { in: GENERAL });
  await dana.until("an answer", () => answers(dana, GENERAL).length > 0);
  expect(await rows("select id from requests")).toHaveLength(1);
  await world.restartBot({ KEEP_DAYS: "90" });
  await gone("the request to go", "select id from requests");
});

test("a message that can never be sent goes after KEEP_DAYS, one that can't be read too", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30" } });
  const { clock, slack } = world;
  slack.faults.arm(
    { call: "conversations.info", times: 100_000 },
    { kind: "refuse", status: 200, body: { ok: false, error: "missing_scope" } },
  );
  const at = clock.now();
  const alert = JSON.stringify({
    v: 2,
    kind: "alert",
    alert: { code: "left_behind", about: { keys: [{ name: "ci-AAAAAAAA", accessKeyId: "tid_x" }] } },
  });
  for (const message of [alert, "[]"])
    await execute(`insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
      values ('${message}', ${at}, ${at}, 0, 1, 0)`);
  clock.advance(29 * DAY_MS);
  await pass("a try", () => world.log.some((line) => line.includes("outbox.not_sent")));
  expect(await rows("select id from outbox")).toHaveLength(2);
  clock.advance(DAY_MS + 1);
  await gone("both to go", "select id from outbox");
});

const searched = () => world.log.filter((line) => line.includes('"attempt.searched"')).length;

test("what may have been left behind is looked for as long as its request is kept, and no longer", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30", REVEAL_TTL: "1h" } });
  const { clock, dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "lose", when: "before" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Tigris gave no clear answer")));
  clock.advance(HOUR);
  await pass("the end", () => card(dana, "ci")?.text.includes("was not used until"));
  await pass("a search", () => searched() === 1);
  for (let days = 1; days <= 29; days++) {
    clock.advance(DAY_MS);
    await pass("another search", () => searched() === days + 1);
  }
  expect(await rows("select id from requests")).toHaveLength(1);
  clock.advance(DAY_MS);
  await gone("the request to go", "select id from requests");
  expect(await rows("select id from attempts")).toEqual([]);
  expect(await rows("select subject_id as id from timers where kind <> 'sweep_owners'")).toEqual([]);
  expect(searched()).toBe(30);
  // Thirty searches, each across a socket.
}, 60_000);

test("a request whose key was never on, and can't be deleted, stays until that is done", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30", REVEAL_TTL: "1h" } });
  const { clock, dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  await reveal(dana, "ci");
  tigris.faults.arm(
    { call: "DeleteAccessKey", times: 100_000 },
    { kind: "garble", when: "before", status: 500, body: "" },
  );
  clock.advance(HOUR);
  await pass("the end", () => card(dana, "ci")?.text.includes("was not used until"));
  clock.advance(31 * DAY_MS);
  const leased = () => rows<{ lease: number }>("select lease_until as lease from timers where kind = 'forget'");
  await pass("the timer to be taken", async () => (await leased()).some(({ lease }) => lease > 0));
  expect(await rows("select id from requests")).toHaveLength(1);
  tigris.faults.clear();
  clock.advance(10 * 60_000);
  await gone("the key to go", "select access_key_id as id from keys where state <> 'deleted'");
  clock.advance(30 * DAY_MS);
  await gone("the request to go", "select id from requests");
  expect(await rows("select access_key_id as id from keys")).toEqual([]);
});
