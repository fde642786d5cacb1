import { randomUUID } from "node:crypto";
import type { Person } from "../../../sandbox/slack";
import { HOUR_MS } from "../../../src/domain/limits";
import { ACTIONS } from "../../../src/slack/ids";
import { createWorld, type World } from "../../kit/world";
import { ACTORS, MORE_PEOPLE } from "./actors";
import { send, shownInHome, shownTo } from "./attempt";
import { DEEDS } from "./deeds";
import { GLASS_POLICY } from "./on-call";
import { STAGE_MS, type Stage, setStage, THINGS, type Thing } from "./stage";
import { aboutOf, type ROWS } from "./who-may";

/*
 * Whoever types or crafts an id learns nothing by it: what is somebody else's reads as what is not there, after the same
 * calls to Slack. A button that others rightly see, on the approvals card, may say who can press it; it says that of made-up
 * ids too.
 */

const STRANGERS = ACTORS.filter(({ name }) => ["another member", "a multi-channel guest"].includes(name));
const KEYS: Thing[] = ["off", "key", "made", "paused", "held", "leftKey"];
const MADE_UP = Object.fromEntries(
  THINGS.map((thing) => [thing, KEYS.includes(thing) ? "tid_made_up" : randomUUID()]),
) as Stage;

let world: World;
let stage: Stage;
beforeAll(async () => {
  world = await createWorld("socket", {
    people: MORE_PEOPLE,
    overrides: { personRateLimit: { limit: 10_000, windowMs: 60_000 }, policy: GLASS_POLICY },
  });
  stage = await setStage(world);
}, STAGE_MS);
afterAll(() => world.stop());

function isDrawing({ method, endedAt }: { method: string; endedAt: number | null }): boolean {
  return method === "views.publish" && endedAt !== null;
}

/** What others are told of a report is posted elsewhere, by and by, and so is a card drawn again that was clicked. */
function isForAsker({ method }: { method: string }): boolean {
  return !/^(?:conversations\.|chat\.(?:postMessage|update))/.test(method);
}

const OPENS: readonly string[] = [
  ACTIONS.homeDetails,
  ACTIONS.homeNewSecret,
  ACTIONS.homeRotate,
  ACTIONS.homeChangeAccess,
  ACTIONS.homeDelete,
];
const LOOKS: readonly string[] = [ACTIONS.homeEverybody];

/** What every member may do is no secret to them: whoever has left stands in a channel. */
const OPEN: readonly string[] = ["take over the keys of somebody who left"] satisfies (keyof typeof ROWS)[];

const aboutOthers = DEEDS.filter(
  ({ of, act, row }) => of !== "oneself" && aboutOf(act) !== null && !OPEN.includes(row),
);

describe.each(STRANGERS.map((actor) => [actor.name, actor] as const))("%s", (_name, actor) => {
  let person: Person;
  beforeAll(() => {
    // Reports of one person are counted by the hour.
    world.clock.advance(HOUR_MS + 1);
    world.slack.setPerson(actor.id, { isRestricted: false, ...actor.changes });
    person = world.slack.person(actor.id);
  });

  const isDrawn = (before: number) => world.slack.calls.slice(before).some(isDrawing);

  async function drawHome(): Promise<void> {
    const before = world.slack.calls.length;
    await send(world, stage, actor, { kind: "opening" });
    await person.until("the Home", () => isDrawn(before));
  }

  /** What opens before a Home leaves it as it is; after every other click in it, it is drawn. */
  function isAnswered({ actionId }: { actionId: string }, before: number): boolean {
    if (LOOKS.includes(actionId)) return isDrawn(before) && /Only approvers|is for full/.test(shownInHome(person));
    return shownTo(person) !== "" && (OPENS.includes(actionId) || isDrawn(before));
  }

  test.each(aboutOthers.map((deed) => [deed.name, deed] as const))("can't tell by %s", async (_deed, { act }) => {
    const about = aboutOf(act) as Thing;
    const answerTo = async (named: Stage) => {
      if (person.modal()) await person.close();
      await person.reload();
      if (act.kind === "home") await drawHome();
      const before = world.slack.calls.length;
      const taken = await send(world, named, actor, act);
      // A select gets its options in the acknowledgement.
      if (act.kind === "search") return { taken };
      await person.until("an answer", () => (act.kind === "home" ? isAnswered(act, before) : shownTo(person) !== ""));
      const calls = world.slack.calls
        .slice(before)
        .filter(isForAsker)
        .map(({ method, params }) => `${method} ${params.user ?? ""}`);
      const shown = act.kind === "home" ? shownInHome(person) : shownTo(person);
      return { shown: shown.replaceAll(named[about], "‹id›"), calls: calls.sort() };
    };
    expect(await answerTo(stage)).toEqual(await answerTo(MADE_UP));
  });
});
