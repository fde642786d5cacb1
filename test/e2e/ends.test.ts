import { GENERAL } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { ADMIN_REASON, allSent, answers, approvalsCard, ask, card, keep, openCreateForm, rang } from "./play";

const DAY = 86_400_000;
const HOUR = 3_600_000;

let world: World;
worldForEach({ mode: "socket", env: { LASTS_EDITOR: "7d/30d", LASTS_ADMIN: "7d/7d", END_GRACE: "3d" } }, (one) => {
  world = one;
});

const dmCard = () => card(world.dana, "deploy");
const saysCard = (words: string) => () => dmCard()?.text.includes(words);
const labels = () => dmCard()?.buttons.map(({ label }) => label);
const statusOf = (id: string) => world.tigris.keys().find(({ accessKeyId }) => accessKeyId === id)?.status;

/** An Editor key of Dana's that is on, asked for so long. */
async function editorKey(howLong?: string): Promise<string> {
  const { dana } = world;
  await openCreateForm(dana, "deploy", { in: GENERAL });
  await dana.fill({ Permission: "Editor" });
  await dana.until("the times of Editor keys", () => dana.modal()?.fields["How long"]?.value === "7 days");
  await dana.fill({ Buckets: ["builds"], ...(howLong ? { "How long": howLong } : {}) });
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("its card", () => labels()?.includes("Show my secret"));
  return (await keep(dana, "deploy")).accessKeyId;
}

/** Lets time pass until so long before something, in one step, and then in small ones until it shows. */
async function passTo(ms: number, what: string, look: () => unknown): Promise<void> {
  await allSent(world);
  world.clock.advance(ms);
  await passUntil(what, look as () => boolean, { clock: world.clock, stepMs: 20_000 });
}

test("the form offers what the rule allows, and the key says until when it works", async () => {
  const { dana } = world;
  await openCreateForm(dana, "deploy", { in: GENERAL });
  expect(dana.modal()?.fields["How long"]?.options).toEqual([
    "1 day",
    "7 days",
    "30 days",
    "90 days",
    "Until a day…",
    "No end",
  ]);
  expect(dana.modal()?.fields["How long"]?.value).toBe("No end");
  await dana.fill({ Permission: "Editor" });
  await dana.until("the times of Editor keys", () => dana.modal()?.fields["How long"]?.value === "7 days");
  expect(dana.modal()?.fields["How long"]?.options).toEqual(["1 day", "7 days", "30 days", "Until a day…"]);
  await dana.close();
  const at = world.clock.now();
  await editorKey("30 days");
  expect(dmCard()?.text).toMatch(/^🔑 On until \d{4}-/);
  const [row] = await world.database.rows<{ end_json: string }>("select end_json from keys");
  const end = JSON.parse(row?.end_json ?? "{}");
  expect(end.at - end.since).toBe(30 * DAY);
  expect(end.since).toBeGreaterThanOrEqual(at);
});

test("until a day: the end of it where its requester is; a day that is over, or too far ahead, is said beside the field", async () => {
  const { dana, clock } = world;
  await openCreateForm(dana, "deploy", { in: GENERAL });
  await dana.fill({ Permission: "Editor" });
  await dana.until("the times of Editor keys", () => dana.modal()?.fields["How long"]?.value === "7 days");
  await dana.fill({ Buckets: ["builds"], "How long": "Until a day…" });
  await dana.until("the day", () => dana.modal()?.fields["Last day"]);
  const dayIn = (days: number) => new Date(clock.now() + days * DAY).toISOString().slice(0, 10);
  await dana.fill({ "Last day": dayIn(-3) });
  await dana.submit();
  await dana.until("what is wrong", () => dana.modal()?.text.includes("That day is over."));
  await dana.fill({ "Last day": dayIn(40) });
  await dana.submit();
  await dana.until("what is wrong", () => dana.modal()?.text.includes("Such keys last for 30 days at most."));
  await dana.fill({ "Last day": dayIn(10) });
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("its card", () => labels()?.includes("Show my secret"));
  await keep(dana, "deploy");
  const [row] = await world.database.rows<{ end_json: string }>("select end_json from keys");
  const local = new Date(JSON.parse(row?.end_json ?? "{}").at).toLocaleString("sv-SE", { timeZone: "Europe/Berlin" });
  expect(local).toBe(`${dayIn(10)} 23:59:59`);
});

test("its owner is reminded a day and an hour before; one press extends it, with a new end from the press on", async () => {
  const { dana, clock } = world;
  const id = await editorKey();
  await passTo(6 * DAY - 60_000, "the first reminder", () => rang(world, dana, "deploy ends ") === 1);
  await dana.until("the button in front", () => labels()?.[0] === "Extend");
  await passTo(23 * HOUR - 60_000, "the second reminder", () => rang(world, dana, "deploy ends ") === 2);
  const pressedAt = clock.now();
  await dana.press("Extend", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).at(-1)?.includes("deploy now ends"));
  const [row] = await world.database.rows<{ end_json: string }>("select end_json from keys");
  expect(JSON.parse(row?.end_json ?? "{}").at - pressedAt).toBeGreaterThanOrEqual(7 * DAY);
  await dana.until("the card", () => labels()?.at(0) === "New secret");
  await allSent(world);
  clock.advance(2 * HOUR);
  const awhile = clock.now() + 60_000;
  await passUntil("the first end to be over by a while", () => clock.now() > awhile, { clock, stepMs: 20_000 });
  expect(statusOf(id)).toBe("active");
});

test("at its end it is paused and its owner told; within the grace Extend brings it back; after it the key is deleted", async () => {
  const { dana, tigris } = world;
  const id = await editorKey();
  await passTo(7 * DAY - 60_000, "the end", saysCard("⏹️ Ended"));
  await until("the pause", () => statusOf(id) === "inactive");
  await dana.until("what says so", () => rang(world, dana, "The time of deploy is over") === 1);
  await dana.until("when it goes", saysCard("It is deleted 2"));
  expect(labels()).toEqual(["Extend", "Delete key"]);
  await dana.press("Extend", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).at(-1)?.includes("deploy now ends"));
  await dana.until("the key on", saysCard("🔑 On until"));
  expect(statusOf(id)).toBe("active");
  await passTo(7 * DAY - 60_000, "the second end", saysCard("⏹️ Ended"));
  await dana.until("when it goes", saysCard("It is deleted 2"));
  await passTo(3 * DAY - 60_000, "the deletion", saysCard("Deleted"));
  expect(dmCard()?.text).toContain("its time was over");
  expect(labels()).toEqual(["Create again"]);
  expect(tigris.keys()).toHaveLength(1);
  await dana.press("Create again", { in: dana.dm() });
  await dana.until("the form", () => dana.modal()?.fields["Key name"]?.value === "deploy");
});

test("the grace counts from the message that told it: while that can't be sent, nothing is deleted", async () => {
  const { dana, slack, clock, tigris } = world;
  const id = await editorKey();
  await allSent(world);
  slack.faults.arm(
    { call: "chat.postMessage", times: 100_000, match: ({ channel }) => channel === dana.dm() },
    { kind: "refuse", status: 500, body: {} },
  );
  clock.advance(7 * DAY - 60_000);
  await passUntil("the pause", () => statusOf(id) === "inactive", { clock, stepMs: 20_000 });
  clock.advance(5 * DAY);
  await passUntil("some tries", () => slack.calls.filter(({ method }) => method === "chat.postMessage").length > 3, {
    clock,
    stepMs: 20_000,
  });
  expect(tigris.keys()).toHaveLength(2);
  slack.faults.clear();
  await passUntil("the message", saysCard("It is deleted 2"), { clock, stepMs: 20_000 });
  await passTo(3 * DAY - 60_000, "the deletion", saysCard("Deleted"));
});

test("the grace counts from the pause: what Tigris can't pause for longer than that is not deleted as soon as it can", async () => {
  const { dana, tigris, clock } = world;
  const id = await editorKey();
  await allSent(world);
  for (const call of ["UpdateAccessKey", "UpdateAccessKeyWithBucketsRole", "ListAccessKeys"])
    tigris.faults.arm({ call, times: 100_000 }, { kind: "refuse", status: 500, body: {} });
  clock.advance(7 * DAY - 60_000);
  await passUntil("the end", saysCard("Tigris has not confirmed it yet"), { clock, stepMs: 20_000 });
  const lost = () => world.log.filter((line) => line.includes('"tigris.lost"')).length;
  clock.advance(4 * DAY);
  const before = lost();
  await passUntil("tries in vain", () => lost() > before + 1, { clock, stepMs: 20_000 });
  expect(rang(world, dana, "The time of deploy is over")).toBe(0);
  tigris.faults.clear();
  await passUntil("the pause", saysCard("works nowhere"), { clock, stepMs: 20_000 });
  await dana.until("what says so", () => rang(world, dana, "The time of deploy is over") === 1);
  await dana.until("when it goes", saysCard("It is deleted 2"));
  clock.advance(3 * DAY - HOUR);
  await allSent(world);
  await dana.press("Extend", { in: dana.dm() });
  await dana.until("the key on", saysCard("🔑 On until"));
  expect(statusOf(id)).toBe("active");
});

test("an Admin key lives a week, and lives on only with somebody's yes", async () => {
  const { dana, ann } = world;
  await ask(dana, "deploy", { Permission: "Admin", Reason: ADMIN_REASON });
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("for 7 days"));
  await ann.press("Approve", { in: "CAPPROVE1" });
  await dana.until("the approval", () => labels()?.includes("Show my secret"));
  await keep(dana, "deploy");
  await passTo(6 * DAY - 60_000, "the reminder", () => rang(world, dana, "deploy ends ") === 1);
  await dana.press("Extend", { in: dana.dm() });
  await dana.until("the form", () => dana.modal()?.fields.Reason);
  await dana.fill({ Reason: ADMIN_REASON });
  await dana.submit();
  await ann.until("the question", () =>
    ann.screen("CAPPROVE1").some(({ text }) => text.includes("Extension of an Admin key for @dana")),
  );
  await ann.press("Approve", { in: "CAPPROVE1", message: ({ text }) => text.includes("Extension of") });
  await dana.until("the way on", () =>
    dana
      .screen()
      .some(({ text, buttons }) => text.includes("Extension of") && buttons.some(({ label }) => label === "Extend")),
  );
  await dana.close().catch(() => undefined);
  await dana.press("Extend", { in: dana.dm(), message: ({ text }) => text.includes("Extension of") });
  await dana.until("the card", () =>
    dana.screen().some(({ text }) => text.startsWith("🔑 Extended · Admin key deploy")),
  );
  const [row] = await world.database.rows<{ end_json: string }>("select end_json from keys");
  const end = JSON.parse(row?.end_json ?? "{}");
  expect(end.at - end.since).toBe(7 * DAY);
});
