import { readFileSync } from "node:fs";
import Database from "libsql";
import { DAY_MS } from "../../src/domain/limits";
import { APPROVALS, GENERAL } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForAdmin, askForReadOnly, card, keep, reveal, secretMessages } from "./play";

const REASON = "quicksilver in the thermometers";

let world: World;
afterEach(() => endWorld(world));

/** Looks into the record, from beside the bot. */
function rows<Row = { id: string }>(sql: string): Row[] {
  const db = new Database(world.databaseFile, { readonly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

function execute(sql: string): void {
  const db = new Database(world.databaseFile);
  db.exec(sql);
  db.close();
}

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

const gone = (what: string, sql: string) => until(what, () => rows(sql).length === 0, { seen: () => rows(sql) });

test("a request without a key goes after KEEP_DAYS, with what was typed; its events stay, and its card knows nothing", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30" } });
  const { dana, clock } = world;
  await deniedFor("deploy");
  await until("all messages to be sent", () => rows("select id from outbox").length === 0);
  const before = rows("select id from events").length;
  clock.advance(29 * DAY_MS);
  await dana.command("/tigris-key list", { in: GENERAL });
  await dana.until("an answer", () => answers(dana, GENERAL).length > 0);
  expect(rows("select id from requests")).toHaveLength(1);
  clock.advance(DAY_MS);
  await gone("the request to go", "select id from requests");
  expect(rows("select subject_id as id from timers")).toEqual([]);
  expect(rows("select name as id, outcome from events order by id").slice(before)).toEqual([
    { id: "request.forgotten", outcome: "denied" },
  ]);
  await dana.press("Ask again", { in: dana.dm() });
  await dana.until("the answer", () => dana.modal()?.text.includes("I don't know this request"));
  execute("pragma wal_checkpoint(truncate)");
  expect(readFileSync(world.databaseFile).includes("quicksilver")).toBe(false);
});

test("a key and its request stay for good; what was tried for it goes, but its newest delivery", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30" } });
  const { dana, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm(
    { call: "CreateAccessKeyWithBucketsRole" },
    { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
  );
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the refusal", () => answers(dana).some((text) => text.includes("Tigris refused to make ci")));
  await keep(dana, "ci");
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the new secret", () => secretMessages(dana).length === 1);
  await until("the key to be live", () => rows("select * from keys where state = 'live'").length === 1);
  expect(rows("select id from attempts")).toHaveLength(3);
  clock.advance(30 * DAY_MS);
  await until("what was tried to go", () => rows("select id from attempts").length === 1);
  expect(rows("select id from attempts")).toEqual(rows("select delivery_id as id from keys"));
  expect(rows("select id from requests")).toHaveLength(1);
  expect(rows("select tigris_name from used_names")).toHaveLength(2);
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
  expect(rows("select id from requests")).toHaveLength(1);
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
    alert: { code: "made_too_late", about: { accessKeyId: "tid_x" } },
  });
  for (const message of [alert, "[]"])
    execute(`insert into outbox (message_json, created_at, next_at, tries, revision, lease_until)
      values ('${message}', ${at}, ${at}, 0, 1, 0)`);
  clock.advance(29 * DAY_MS);
  await until("a try", () => world.log.some((line) => line.includes("outbox.not_sent")));
  expect(rows("select id from outbox")).toHaveLength(2);
  clock.advance(DAY_MS + 1);
  await gone("both to go", "select id from outbox");
});

test("a key that was lost and is still looked for keeps its request", async () => {
  world = await createWorld("socket", { env: { KEEP_DAYS: "30", REVEAL_TTL: "1h" } });
  const { clock, dana } = world;
  await askForReadOnly(dana, "ci");
  await reveal(dana, "ci");
  await until("the key to be live", () => rows("select * from keys").length === 1);
  // As if its answer had been lost, and the search went on ever since.
  execute(`pragma foreign_keys = off; delete from keys; delete from timers;
    update attempts set phase = 'searching', closed = 0, next_at = ${clock.now() + 900 * DAY_MS};
    update requests set state = 'lapsed',
      state_json = '{"v":2,"kind":"lapsed","why":"unused","approval":null,"at":${clock.now()}}';
    insert into timers (subject_id, kind, due_at, lease_until) select id, 'forget', ${clock.now()}, 0 from requests;`);
  clock.advance(31 * DAY_MS);
  const leased = () => rows<{ lease: number }>("select lease_until as lease from timers where kind = 'forget'");
  await until("the timer to be taken", () => leased().some(({ lease }) => lease > 0));
  execute(`update attempts set phase = 'not_found', closed = 1`);
  clock.advance(2 * 60_000);
  await gone("the request to go", "select id from requests");
});
