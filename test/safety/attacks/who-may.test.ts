import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "../../../sandbox/slack";
import { ACTIONS, CALLBACKS, OLDER, PAGING, SHORTCUTS } from "../../../src/slack/ids";
import { played } from "../../kit/selection";
import { until } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { ACTORS, type Actor, become, MORE_PEOPLE } from "./actors";
import { screenOf, send, shownInHome, shownTo } from "./attempt";
import { DEEDS, WITHOUT_EFFECT } from "./deeds";
import { GLASS_POLICY } from "./on-call";
import { eventsIn, lastingRows } from "./rows";
import { STAGE_MS, STAGED_NAMES, type Stage, setStage, settle, type Thing } from "./stage";
import { type Act, aboutOf, type Deed, isAllowed, isInHome, ROWS } from "./who-may";

/** Whoever names what is somebody else's reads the same as of what is not there: that it is there is nobody's business. */
const NOT_THERE = "I don't know this|No key of yours is called|Don't use this secret: it was not";
const WHO =
  "Tigris Keys is for full members|Guests can't|Only |Bots can't|Your account in this workspace is switched off|You asked for this key|I couldn't check|Slack doesn't let me check";
/** Owners and approvers see the key; who has to resume it they read too. */
const HELD_BY_OTHER = "\\S+ is paused by @";
const REFUSED = new RegExp(`^(?:⚠️ )?(?:${WHO}|${NOT_THERE}|${HELD_BY_OTHER}|There is no key that you could)`, "m");

let world: World;
let stage: Stage;
let person: Person;

async function setUp(actor: Actor, wanted?: readonly Thing[]): Promise<void> {
  world = await createWorld("socket", {
    people: MORE_PEOPLE,
    overrides: { personRateLimit: { limit: 10_000, windowMs: 60_000 }, policy: GLASS_POLICY },
  });
  stage = await setStage(world, wanted);
  become(world, actor);
  person = await screenOf(world, actor.id);
}

async function takeDown(): Promise<void> {
  const found = await world.secretsFound();
  person.disconnect();
  await world.stop();
  expect(found).toEqual([]);
}

const named = (deeds: readonly Deed[]): [string, Deed][] => deeds.map((deed) => [deed.name, deed]);
/** A bot has no Home of its own (Slack, App Home). */
const hasPlace = ({ act }: Deed, { id }: Actor) => !isInHome(act) || !/^U(?:ROBOT|SLACKBOT)/.test(id);
const isFirstOfKind = ({ row, act }: Deed, index: number) =>
  DEEDS.findIndex((other) => other.row === row && other.act.kind === act.kind) === index;
const triedBy = ({ isTypical }: Actor) => played(DEEDS, (deed, index) => isTypical || isFirstOfKind(deed, index));
const refusedTo = (actor: Actor) =>
  named(triedBy(actor).filter((deed) => !isAllowed(deed, actor.columns) && hasPlace(deed, actor)));
// What is allowed in a column is allowed to all in it: the usual runs see it done by one of each.
const doneBy = ({ isTypical }: Actor) => played(DEEDS, () => isTypical);
const shownToThem = (actor: Actor) =>
  named(doneBy(actor).filter((deed) => isAllowed(deed, actor.columns) && !("event" in deed.done)));
const doneByThem = (actor: Actor) =>
  named(doneBy(actor).filter((deed) => isAllowed(deed, actor.columns) && "event" in deed.done));
const actorsWith = (deeds: (actor: Actor) => unknown[]) =>
  ACTORS.filter((actor) => deeds(actor).length > 0).map((actor) => [actor.name, actor] as const);

describe.each(actorsWith(refusedTo))("%s may not", (_name, actor) => {
  beforeAll(async () => {
    await setUp(actor);
    // What the bot does later by itself is not the doing of whoever is refused.
    await settle(world);
  }, STAGE_MS);
  afterAll(takeDown);

  test.each(refusedTo(actor))("%s", async (_deed, deed) => {
    const { act } = deed;
    await person.reload();
    // Each minute has a line of its own for each person and code.
    world.clock.advance(60_000);
    const before = lastingRows(world.databaseFile);
    const changing = mutations();
    const logged = refusals().length;
    const taken = await send(world, stage, actor, act);
    expect(taken.kind).toBe("acked");
    if (act.kind === "search") expect(taken).toMatchObject({ body: { options: [] } });
    else await person.until("the refusal", () => REFUSED.test(shownBy(act)));
    // A Home may say the same as before.
    if (isInHome(act)) await until("the trace of it", () => refusals().length > logged);
    // What somebody typed themselves is repeated to them, and tells them nothing.
    const typed = act.kind === "command" && act.about ? stage[act.about] : "";
    const seen = seesWhoHolds(deed, actor) ? nameOf(act) : "";
    const secret = [...Object.values(STAGED_NAMES), ...Object.values(stage)];
    // In a Home that is one's own stands what one may see anyway.
    const isOwnHome = isInHome(act) && !actor.columns.includes("nobody") && !actor.columns.includes("member");
    for (const name of isOwnHome ? [] : secret.filter((one) => one !== typed && one !== seen))
      expect(shownBy(act)).not.toContain(name);
    expect(lastingRows(world.databaseFile)).toEqual(before);
    expect(mutations()).toBe(changing);
    expect(refusals().slice(logged)).toEqual(
      isNothingToShow(act, actor) ? [] : [expect.objectContaining({ actor: actor.id })],
    );
  });
});

const shownBy = (act: Act) => (isInHome(act) ? shownInHome(person) : shownTo(person));

const SEARCHES: readonly string[] = [ACTIONS.pickedKey, ACTIONS.rotatedKey];

/** Members may look for a key to delete, or to rotate; those who have none are refused nothing. */
function isNothingToShow(act: Act, { columns }: Actor): boolean {
  const isSearch = act.kind === "search" && SEARCHES.includes(act.actionId);
  return shownTo(person).includes("There is no key that you could") || (isSearch && !columns.includes("nobody"));
}

/** Whether somebody sees a key, and may not resume it only since it is another's to resume. */
function seesWhoHolds({ row, act }: Deed, { columns }: Actor): boolean {
  return (
    row === "resume a key" && act.kind === "click" && columns.some((one) => one === "requester" || one === "approver")
  );
}

function nameOf(act: Act): string {
  const about = aboutOf(act);
  return about === "paused" || about === "held" ? STAGED_NAMES[about] : "";
}

/** What the log says of refusals. */
function refusals(): { actor: string; code: string }[] {
  return world.log.map((line) => JSON.parse(line)).filter(({ event }) => event === "refused");
}

describe.each(actorsWith(shownToThem))("%s may see", (_name, actor) => {
  beforeAll(() => setUp(actor), STAGE_MS);
  afterAll(takeDown);

  test.each(shownToThem(actor))("%s", async (_deed, { act, done }) => {
    await person.reload();
    const taken = await send(world, stage, actor, act);
    if ("offers" in done) expect(JSON.stringify(taken.kind === "acked" && taken.body)).toContain(done.offers);
    if ("shows" in done) await person.until(`${done.shows}`, () => shownBy(act).search(done.shows) >= 0);
    expect(shownBy(act)).not.toMatch(REFUSED);
  });
});

describe.each(actorsWith(doneByThem))("%s may do", (_name, actor) => {
  describe.each(doneByThem(actor))("%s", (_deed, { act, done, afterMs = 0 }) => {
    beforeAll(() => setUp(actor, [aboutOf(act) ?? "key"]), STAGE_MS);
    afterAll(takeDown);

    test("and it is done", async () => {
      const event = "event" in done ? done.event : "";
      world.clock.advance(afterMs);
      const before = count(event);
      await send(world, stage, actor, act);
      await until(`the event ${event}`, () => count(event) === before + 1, { seen: () => shownTo(person) });
    });
  });
});

const count = (event: string) => eventsIn(world.databaseFile).filter((name) => name === event).length;

/** How often Tigris was asked to change something. */
function mutations(): number {
  return world.tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete|Update)/.test(action)).length;
}

test("the table is the README's", () => {
  const readme = readFileSync(join(__dirname, "../../../README.md"), "utf8");
  const [, section = ""] = readme.split("## Who may do what");
  const [table = ""] = section.split("\n## ");
  const lines = table.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
  const [header = [], ...rows] = lines.map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(2, -1),
  );
  const names = lines.slice(1).map((line) => line.split("|")[1]?.trim() ?? "");
  expect(header).toEqual([
    "requester",
    "another full member",
    "approver",
    "guest, bot, deactivated, other organization",
  ]);
  expect(Object.fromEntries(names.map((name, index) => [name, rows[index]]))).toEqual(
    Object.fromEntries(
      Object.entries(ROWS).map(([name, { requester, member, approver, nobody }]) => [
        name,
        [requester, member, approver, nobody],
      ]),
    ),
  );
});

test("nothing that the bot listens to is missing in the table", () => {
  const named = DEEDS.map(({ act }) => idOf(act)).filter((id) => id !== null);
  const all = [
    ...Object.values(ACTIONS),
    ...Object.values(PAGING).flatMap((sides) => Object.values(sides)),
    ...Object.values(CALLBACKS),
    ...Object.values(OLDER).map(({ action }) => action),
    ...Object.values(SHORTCUTS),
  ];
  expect([...new Set([...named, ...WITHOUT_EFFECT])].sort()).toEqual(all.sort());
});

function idOf(act: Act): string | null {
  if (act.kind === "command" || act.kind === "opening") return null;
  return "callbackId" in act ? act.callbackId : act.actionId;
}
