import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "../../../sandbox/slack";
import { ACTIONS, CALLBACKS, PAGING } from "../../../src/slack/ids";
import { until } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { ACTORS, type Actor, become, MORE_PEOPLE } from "./actors";
import { screenOf, send, shownTo } from "./attempt";
import { eventsIn, lastingRows } from "./rows";
import { STAGED_NAMES, type Stage, setStage } from "./stage";
import { type Act, DEEDS, type Deed, isAllowed, ROWS, WITHOUT_EFFECT } from "./who-may";

/** Whoever names what is somebody else's reads the same as of what is not there: that it is there is nobody's business. */
const NOT_THERE = "I don't know this|No key of yours is called|Don't use this secret: it was not";
const WHO =
  "Guests can't|Only |Bots can't|Your account isn't active|You asked for this key|I couldn't check|Slack doesn't let me check";
const REFUSED = new RegExp(`^(?:⚠️ )?(?:${WHO}|${NOT_THERE}|There is no key that you could)`, "m");

let world: World;
let stage: Stage;
let person: Person;

async function setUp(actor: Actor): Promise<void> {
  world = await createWorld("socket", {
    people: MORE_PEOPLE,
    overrides: { personRateLimit: { limit: 10_000, windowMs: 60_000 } },
  });
  stage = await setStage(world);
  become(world, actor);
  person = await screenOf(world, actor.id);
}

async function takeDown(): Promise<void> {
  const found = world.secretsFound();
  person.disconnect();
  await world.stop();
  expect(found).toEqual([]);
}

const named = (deeds: readonly Deed[]): [string, Deed][] => deeds.map((deed) => [deed.name, deed]);
const refusedTo = ({ columns }: Actor) => named(DEEDS.filter((deed) => !isAllowed(deed, columns)));
const shownToThem = ({ columns }: Actor) =>
  named(DEEDS.filter((deed) => isAllowed(deed, columns) && !("event" in deed.done)));
const doneByThem = ({ columns }: Actor) =>
  named(DEEDS.filter((deed) => isAllowed(deed, columns) && "event" in deed.done));
const actorsWith = (deeds: (actor: Actor) => unknown[]) =>
  ACTORS.filter((actor) => deeds(actor).length > 0).map((actor) => [actor.name, actor] as const);

describe.each(actorsWith(refusedTo))("%s may not", (_name, actor) => {
  beforeAll(() => setUp(actor));
  afterAll(takeDown);

  test.each(refusedTo(actor))("%s", async (_deed, { act }) => {
    await person.reload();
    // Each minute has a line of its own for each person and code.
    world.clock.advance(60_000);
    const before = lastingRows(world.databaseFile);
    const changing = mutations();
    const logged = refusals().length;
    const taken = await send(world, stage, actor, act);
    expect(taken.kind).toBe("acked");
    if (act.kind === "search") expect(taken).toMatchObject({ body: { options: [] } });
    else await person.until("the refusal", () => REFUSED.test(shownTo(person)));
    // What somebody typed themselves is repeated to them, and tells them nothing.
    const typed = act.kind === "command" && act.about ? stage[act.about] : "";
    const told = [...Object.values(STAGED_NAMES), stage.key].filter((name) => name !== typed);
    for (const name of told) expect(shownTo(person)).not.toContain(name);
    expect(lastingRows(world.databaseFile)).toEqual(before);
    expect(mutations()).toBe(changing);
    expect(refusals().slice(logged)).toEqual(
      isNothingToShow(act, actor) ? [] : [expect.objectContaining({ actor: actor.id })],
    );
  });
});

/** Members may look for a key to delete; those who have none are refused nothing. */
function isNothingToShow(act: Act, { columns }: Actor): boolean {
  const isSearch = act.kind === "search" && act.actionId === ACTIONS.pickedKey;
  return shownTo(person).includes("There is no key that you could") || (isSearch && !columns.includes("nobody"));
}

/** What the log says of refusals. */
function refusals(): { actor: string; code: string }[] {
  return world.log.map((line) => JSON.parse(line)).filter(({ event }) => event === "refused");
}

describe.each(actorsWith(shownToThem))("%s may see", (_name, actor) => {
  beforeAll(() => setUp(actor));
  afterAll(takeDown);

  test.each(shownToThem(actor))("%s", async (_deed, { act, done }) => {
    await person.reload();
    const taken = await send(world, stage, actor, act);
    if ("offers" in done) expect(JSON.stringify(taken.kind === "acked" && taken.body)).toContain(done.offers);
    if ("shows" in done) await person.until(done.shows, () => shownTo(person).includes(done.shows));
    expect(shownTo(person)).not.toMatch(REFUSED);
  });
});

describe.each(actorsWith(doneByThem))("%s may do", (_name, actor) => {
  beforeEach(() => setUp(actor));
  afterEach(takeDown);

  test.each(doneByThem(actor))("%s", async (_deed, { act, done }) => {
    const event = "event" in done ? done.event : "";
    const before = count(event);
    await send(world, stage, actor, act);
    await until(`the event ${event}`, () => count(event) === before + 1);
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
    "guest, bot, deactivated, other organisation",
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
  ];
  expect([...new Set([...named, ...WITHOUT_EFFECT])].sort()).toEqual(all.sort());
});

function idOf(act: Act): string | null {
  if (act.kind === "command") return null;
  return act.kind === "submission" ? act.callbackId : act.actionId;
}
