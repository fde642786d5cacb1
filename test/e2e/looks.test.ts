import { lookLimitOf } from "../../src/domain/look-budget";
import { GROUP_RATE_LIMIT } from "../../src/slack/clients/group-rate-limit";
import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, APPROVERS_GROUP, BUCKETS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { click, search } from "../safety/attacks/crafted";
import { answers, approvalsCard, askForAdmin, askForReadOnly, card } from "./play";

const PER_MINUTE = 90;
/** What Slack lets an app call in a minute: Tier 4 and Tier 2. */
const TIERS = { "users.info": 100, "usergroups.users.list": 20 };
const MINUTE = 60_000;

const MANY = Array.from({ length: 60 }, (_, index) => `UMANY${1_000 + index}`);

let world: World;
afterEach(() => endWorld(world));

/** A bot with the budget that it has by itself, at a Slack that counts. */
async function limitedWorld(env: NodeJS.ProcessEnv = {}): Promise<void> {
  world = await createWorld("socket", {
    env: { SLACK_LOOKS_PER_MINUTE: String(PER_MINUTE), ...env },
    overrides: { groupRateLimit: GROUP_RATE_LIMIT },
    people: MANY.map((id) => ({ id, name: id.toLowerCase(), realName: id, tz: "Etc/UTC" })),
  });
  for (const [method, perMinute] of Object.entries(TIERS)) world.slack.limitCalls(method, perMinute);
}

const looks = () => world.slack.calls.filter(({ method }) => method in TIERS);
const refusedByLimit = () => looks().filter(({ sent }) => sent?.status === 429);

async function openForm(person: World["dana"]): Promise<void> {
  await person.command("/tigris-key create ci");
  await person.until("the form", () => person.modal()?.fields.Buckets);
}

async function optionsFor(id: string): Promise<unknown[]> {
  const taken = await world.slack.sendRaw("interaction", search(world, { id }, ACTIONS.buckets, { value: "b" }));
  if (taken.kind !== "acked") throw new Error("it was not acknowledged");
  return (taken.body as { options: unknown[] }).options;
}

test("two people who type in a minute as fast as they can: all get options, and an approver approves", async () => {
  await limitedWorld({ REQUESTERS: APPROVERS_GROUP });
  const { dana, eve, ann, slack, clock } = world;
  slack.setGroup(APPROVERS_GROUP, [dana.id, eve.id, ann.id]);
  await askForAdmin(world, dana, "deploy");
  clock.advance(MINUTE);
  for (const person of [dana, eve]) await openForm(person);
  for (let keystroke = 0; keystroke < 58; keystroke++)
    for (const person of [dana, eve]) expect(await person.options("Buckets", "")).toEqual(BUCKETS);
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("the approval", () => approvalsCard(world, "deploy")?.text.includes("Approved by"));
  expect(refusedByLimit()).toEqual([]);
});

test("sixty people type at once: who comes too late gets no options at once, and an approver approves", async () => {
  await limitedWorld();
  const { dana, ann, clock } = world;
  await askForAdmin(world, dana, "deploy");
  clock.advance(MINUTE);
  const before = looks().length;
  const all = await Promise.all(MANY.map(optionsFor));
  expect(all.filter((options) => options.length > 0)).toHaveLength(22);
  expect(looks().length - before).toBe(22);
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
});

describe("a decision that finds all looks used up", () => {
  /** Uses up all looks, those of decisions included; `waiting` more stand in line. */
  async function spendAll(waiting: number): Promise<void> {
    await limitedWorld();
    await askForAdmin(world, world.dana, "deploy");
    world.clock.advance(MINUTE);
    const before = looks().length;
    const { atOnce } = lookLimitOf(PER_MINUTE);
    await Promise.all(MANY.slice(0, atOnce + waiting).map(cancelNothing));
    await until("all looks to be used up", () => looks().length - before === atOnce);
  }

  const cancelNothing = (id: string) =>
    world.slack.sendRaw("interaction", click(world, { id }, ACTIONS.cancel, "nothing"));

  test("waits for its turn", async () => {
    await spendAll(0);
    const { dana, ann, clock } = world;
    const pressedAt = clock.now();
    await ann.press("Approve", { in: APPROVALS });
    const isApproved = () => card(dana, "deploy")?.text.includes("approved by @ann");
    await passUntil("the approval", isApproved, { clock, stepMs: 100 });
    const look = looks().findLast(({ params }) => params.user === ann.id);
    expect(look?.at).toBeGreaterThan(pressedAt + 1_000);
    expect(refusedByLimit()).toEqual([]);
  });

  test("is told to try again after ten seconds in vain", async () => {
    await spendAll(9);
    const { ann, clock } = world;
    const pressedAt = clock.now();
    await ann.press("Approve", { in: APPROVALS });
    const isTold = () => answers(ann, APPROVALS).some((text) => text.includes("please try again"));
    await passUntil("the refusal", isTold, { clock, stepMs: 100 });
    expect(clock.now() - pressedAt).toBeGreaterThan(8_000);
    expect(looks().findLast(({ params }) => params.user === ann.id)?.at ?? 0).toBeLessThan(pressedAt);
    expect(world.log.filter((line) => line.includes("looks_used_up")).length).toBeGreaterThan(0);
  });
});

test("what is remembered for options decides nothing: who became a guest is refused at once, and soon gets no options", async () => {
  await limitedWorld();
  const { dana, ann, slack, clock } = world;
  await askForReadOnly(dana, "one");
  await dana.command("/tigris-key create two");
  await dana.until("the form", () => dana.modal()?.fields.Buckets);
  expect(await dana.options("Buckets", "")).toEqual(BUCKETS);
  slack.setPerson(dana.id, { isRestricted: true });
  clock.advance(29_000);
  expect(await optionsFor(dana.id)).toHaveLength(1);
  await dana.fill({ Buckets: ["builds"] });
  await dana.submit();
  await dana.until("the refusal", () => dana.modal()?.text.includes("Guests can't use Tigris keys"));
  expect(await optionsFor(dana.id)).toEqual([]);
  expect(ann.screen(APPROVALS)).toEqual([]);
});

test("options are remembered for 30 seconds, and no longer", async () => {
  await limitedWorld();
  const { dana, slack, clock } = world;
  expect(await optionsFor(dana.id)).toHaveLength(1);
  slack.setPerson(dana.id, { deleted: true });
  clock.advance(29_999);
  expect(await optionsFor(dana.id)).toHaveLength(1);
  clock.advance(1);
  expect(await optionsFor(dana.id)).toEqual([]);
});

test("Slack is busy all the same, since another bot has the same token: options wait as long as it says, decisions don't", async () => {
  await limitedWorld();
  const { dana, ann, slack, clock } = world;
  await askForAdmin(world, dana, "deploy");
  const busy = { ok: false, error: "ratelimited" };
  slack.faults.arm(
    { call: "users.info" },
    { kind: "refuse", status: 429, headers: { "retry-after": "20" }, body: busy },
  );
  expect(await optionsFor("UMANY1000")).toEqual([]);
  const before = looks().length;
  expect(await optionsFor("UMANY1001")).toEqual([]);
  expect(looks()).toHaveLength(before);
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  clock.advance(20_000);
  expect(await optionsFor("UMANY1002")).toHaveLength(1);
});
