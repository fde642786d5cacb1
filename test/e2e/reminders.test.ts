import type { Bot } from "../../src/app";
import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { allSent, answers, approvalsCard, askForAdmin, card } from "./play";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: World;
let bot: Bot;
beforeEach(async () => {
  world = await createWorld("socket", { withoutBot: true });
  bot = await world.startBot();
  await askForAdmin(world, world.dana, "deploy");
});
afterEach(() => endWorld(world));

const inThread = () =>
  world.ann.screen(APPROVALS).filter(({ threadTs }) => threadTs === approvalsCard(world, "deploy")?.ts);
const reminders = () => inThread().filter(({ text }) => text.includes("still waits for one of you"));
const reminded = (count: number, stepMs = 10 * MINUTE) =>
  passUntil(`reminder ${count}`, () => reminders().length === count, { clock: world.clock, stepMs });
const pass = async (ms: number) => {
  world.clock.advance(ms);
  await until("a round", async () => (await due()).length === 0);
  await allSent(world);
};
/** Timers whose time has come. */
const due = () =>
  world.database.rows(`select kind from timers where due_at <= ${world.clock.now()} and kind <> 'forget'`);

test("approvers are reminded after two hours and when most of the time is over, once each, in the thread", async () => {
  const { ann } = world;
  await pass(2 * HOUR - MINUTE);
  expect(reminders()).toEqual([]);
  await reminded(1, MINUTE);
  const [first] = reminders();
  expect(first?.text).toMatch(/^@key-approvers · Admin key deploy for @dana still waits for one of you, lapses /);
  expect(first?.pings).toBe(true);
  await pass(16 * HOUR);
  expect(reminders()).toHaveLength(1);
  await reminded(2);
  await pass(3 * HOUR);
  expect(reminders()).toHaveLength(2);
  expect(ann.mentionsOf().filter(({ threadTs }) => threadTs !== null)).toHaveLength(2);
});

test("a bot that starts again goes on where it was", async () => {
  await world.restartBot();
  await reminded(1);
  await world.restartBot();
  await pass(16 * HOUR);
  expect(reminders()).toHaveLength(1);
  await reminded(2);
  await pass(HOUR);
  expect(reminders()).toHaveLength(2);
});

test("nobody there at either moment: one reminder", async () => {
  await bot.stop();
  world.clock.advance(20 * HOUR);
  await world.startBot();
  await until("the reminder", () => reminders().length === 1);
  await pass(HOUR);
  expect(reminders()).toHaveLength(1);
});

test.each(["Deny", "Cancel"])("after %s there is no reminder", async (how) => {
  const { dana, ann } = world;
  if (how === "Cancel") await dana.press("Cancel request", { in: dana.dm() });
  else {
    await ann.press("Deny", { in: APPROVALS });
    await ann.until("the form", () => ann.modal()?.fields.Reason);
    await ann.fill({ Reason: "Not now" });
    await ann.submit();
  }
  await ann.until("the end", () => /Denied|Canceled/.test(approvalsCard(world, "deploy")?.text ?? ""));
  await pass(3 * HOUR);
  await pass(20 * HOUR);
  expect(reminders()).toEqual([]);
});

test("whoever asked has them reminded once an hour, and reads when", async () => {
  const { dana, ann, clock } = world;
  const asked = () => inThread().filter(({ text }) => text.startsWith("@dana asks again: Admin key deploy"));
  await dana.press("Remind", { in: dana.dm() });
  await dana.until("why not", () => answers(dana).some((text) => text.includes("were asked less than an hour ago")));
  clock.advance(HOUR);
  await dana.press("Remind", { in: dana.dm() });
  await ann.until("the reminder", () => asked().length === 1);
  expect(asked()[0]?.text).toMatch(/, lapses .* · @key-approvers$/);
  await dana.until("that it is said", () =>
    answers(dana).some((text) => text.includes("I remind the approvers of deploy")),
  );
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("reminded "));
  await dana.press("Remind", { in: dana.dm() });
  await dana.until(
    "why not again",
    () => answers(dana).filter((text) => text.includes("were asked less than an hour ago")).length === 2,
  );
  await allSent(world);
  expect(asked()).toHaveLength(1);
  clock.advance(HOUR);
  await dana.press("Remind", { in: dana.dm() });
  await ann.until("the second reminder", () => asked().length === 2);
});

test("nobody else has them reminded, nor of what is decided", async () => {
  const { dana, ann, eve, slack, database } = world;
  const [request] = await database.rows<{ id: string }>("select id from requests");
  await slack.sendRaw("interaction", click(world, { id: "UEVE00001" }, ACTIONS.remind, request?.id));
  await eve.until("the refusal", () =>
    answers(eve, "CGENERAL1").some((text) => text.includes("I don't know this request")),
  );
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved"));
  await slack.sendRaw("interaction", click(world, { id: "UDEV00001" }, ACTIONS.remind, request?.id));
  await dana.until("that it is decided", () =>
    answers(dana, "CGENERAL1").some((text) => text.includes("@ann approved this")),
  );
  await allSent(world);
  expect(inThread().filter(({ text }) => text.includes("asks again"))).toEqual([]);
});
