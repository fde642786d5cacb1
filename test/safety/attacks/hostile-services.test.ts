import { BUCKETS_REMEMBERED_MS } from "../../../src/domain/limits";
import { answers, ask, askForReadOnly, card, keep } from "../../e2e/play";
import { APPROVERS_GROUP, BUCKETS } from "../../kit/people";
import { passUntil } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { HOSTILE, MARK, UNSEEN } from "./hostile";

/** The one address that cards lead to. */
const DASHBOARD = "https://console.storage.dev/";

/** What Slack and Tigris say is text of others' too: of whoever names a bucket, or a key in the Dashboard. */
let world: World;
beforeEach(async () => {
  world = await createWorld("socket", { overrides: { tigrisTimeouts: { mutateMs: 2_000, readMs: 2_000 } } });
});
afterEach(async () => {
  const shown = [...world.dana.screen(), ...world.ann.screen(), ...world.ann.screen("CAPPROVE1")];
  for (const { text, notification, links } of shown) {
    expect(links.filter((link) => link !== DASHBOARD)).toEqual([]);
    expect(text).not.toContain(MARK);
    expect(notification).not.toContain(MARK);
    expect(text).not.toMatch(UNSEEN);
  }
  expect(world.eve.mentionsOf()).toEqual([]);
  expect(world.log.filter((line) => line.includes(MARK))).toEqual([]);
  const found = await world.secretsFound();
  await world.stop();
  expect(found).toEqual([]);
});

const TEXTS = HOSTILE.map(([, text]) => text);

test("a bucket with such a name is left out: the others are offered, and nothing of it is shown", async () => {
  const { dana, tigris, clock } = world;
  await dana.command("/tigris-key create ci");
  await dana.until("the form", () => dana.modal()?.fields.Buckets);
  for (const name of ["*", ...TEXTS]) {
    tigris.controls.setBuckets([...BUCKETS, name]);
    clock.advance(BUCKETS_REMEMBERED_MS);
    expect(await dana.options("Buckets")).toEqual(BUCKETS);
  }
  expect(dana.toasts()).toEqual([]);
  tigris.controls.setBuckets(BUCKETS);
  clock.advance(BUCKETS_REMEMBERED_MS);
  expect(await dana.options("Buckets")).toEqual(BUCKETS);
});

test("a bucket whose name is too long for a select is not offered, and the others still are", async () => {
  const { dana, tigris } = world;
  tigris.controls.setBuckets([`${MARK}${"b".repeat(200)}`, ...BUCKETS]);
  await dana.command("/tigris-key create ci");
  await dana.until("the form", () => dana.modal()?.fields.Buckets);
  expect(await dana.options("Buckets")).toEqual(BUCKETS);
  expect(await dana.options("Buckets", "*")).toEqual([]);
});

test("keys of the Dashboard with such names are nobody's here: neither listed nor offered nor deleted", async () => {
  const { dana, ann, tigris, clock } = world;
  for (const text of [...TEXTS, "x".repeat(3_000)]) tigris.controls.addKey(text, [{ bucket: "*", role: "Editor" }]);
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "lose", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("what is known", () => answers(dana).some((text) => text.includes("Tigris gave no clear answer")));
  await keep(dana, "ci");
  await passUntil("the lost key to be deleted", () => tigris.keys().length === TEXTS.length + 3, {
    clock,
    stepMs: 10_000,
  });
  await ann.command("/tigris-key list all");
  await ann.until("the list", () => ann.screen().some(({ text }) => text.includes(" of everybody")));
  await ann.command("/tigris-key delete");
  await ann.until("the form", () => ann.modal()?.fields.Key);
  expect(await ann.options("Key", "")).toHaveLength(1);
  expect(await ann.options("Key", MARK)).toEqual([]);
});

test.each(TEXTS)("Tigris's error %j is not repeated", async (text) => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  const body = { Code: text, Message: text, Error: { Code: text, Message: text } };
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "refuse", status: 403, body });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).length > 0);
  await dana.until("the card", () =>
    /Tigris refused to make it|gave no clear answer/.test(card(dana, "ci")?.text ?? ""),
  );
});

test.each(TEXTS)("Slack's error %j is not repeated", async (text) => {
  const { dana, slack } = world;
  slack.faults.arm({ call: "conversations.open" }, { kind: "refuse", status: 200, body: { ok: false, error: text } });
  await ask(dana, "ci");
  await dana.until("the refusal", () => dana.modal()?.text.includes("I couldn't open a direct message"));
  expect(dana.modal()?.text).not.toContain(MARK);
  // The form itself names those whose approval an Admin key needs.
  expect(dana.modal()).toMatchObject({ mentions: [APPROVERS_GROUP], links: [] });
});
