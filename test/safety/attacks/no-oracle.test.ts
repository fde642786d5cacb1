import { randomUUID } from "node:crypto";
import type { Person } from "../../../sandbox/slack";
import { createWorld, type World } from "../../kit/world";
import { ACTORS, MORE_PEOPLE } from "./actors";
import { send, shownTo } from "./attempt";
import { type Stage, setStage } from "./stage";
import { DEEDS, type Deed } from "./who-may";

/*
 * Whoever types or crafts an id learns nothing by it: what is somebody else's reads as what is not there, after the same
 * calls to Slack. A button that others rightly see, on the approvals card, may say who can press it; it says that of made-up
 * ids too.
 */

const STRANGERS = ACTORS.filter(({ name }) => ["another member", "a multi-channel guest"].includes(name));
const MADE_UP: Stage = { pending: randomUUID(), approved: randomUUID(), key: "tid_made_up", delivery: randomUUID() };

let world: World;
let stage: Stage;
beforeAll(async () => {
  world = await createWorld("socket", {
    people: MORE_PEOPLE,
    overrides: { personRateLimit: { limit: 10_000, windowMs: 60_000 } },
  });
  stage = await setStage(world);
});
afterAll(() => world.stop());

const aboutOthers = DEEDS.filter(({ of, act }) => of === "staged" && act.kind !== "search" && aboutOf(act) !== null);

function aboutOf(act: Deed["act"]): keyof Stage | null {
  return "about" in act ? (act.about ?? null) : null;
}

describe.each(STRANGERS.map((actor) => [actor.name, actor] as const))("%s", (_name, actor) => {
  let person: Person;
  beforeAll(() => {
    world.slack.setPerson(actor.id, { isRestricted: false, ...actor.changes });
    person = world.slack.person(actor.id);
  });

  test.each(aboutOthers.map((deed) => [deed.name, deed] as const))("can't tell by %s", async (_deed, { act }) => {
    const about = aboutOf(act) as keyof Stage;
    const answerTo = async (named: Stage) => {
      if (person.modal()) await person.close();
      await person.reload();
      const before = world.slack.calls.length;
      await send(world, named, actor, act);
      await person.until("an answer", () => shownTo(person) !== "");
      const calls = world.slack.calls.slice(before).map(({ method, params }) => `${method} ${params.user ?? ""}`);
      return { shown: shownTo(person).replaceAll(named[about], "‹id›"), calls: calls.sort() };
    };
    expect(await answerTo(stage)).toEqual(await answerTo(MADE_UP));
  });
});
