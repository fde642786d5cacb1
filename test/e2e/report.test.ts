import { GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, keep } from "./play";

let world: World;
worldForEach({ mode: "http" }, (one) => {
  world = one;
});

const reports = () =>
  world.database.rows<{ actor_id: string }>("select actor_id from events where name = 'keys.reported'");

test("an approver has all keys counted, which the record says before they see it; nobody else does", async () => {
  const { dana, ann, eve } = world;
  await askForReadOnly(dana, "first");
  await keep(dana, "first");
  await askForReadOnly(eve, "second");
  await keep(eve, "second");
  for (const who of [dana, eve]) {
    const before = answers(who, GENERAL).length;
    await who.command("/tigris-key report", { in: GENERAL });
    await who.until("a refusal", () => answers(who, GENERAL).length > before);
    expect(answers(who, GENERAL).at(-1)).toMatch(/^Only /);
  }
  expect(await reports()).toEqual([]);
  await ann.command("/tigris-key report", { in: GENERAL });
  const said = await ann.until(
    "the report",
    () => answers(ann, GENERAL).at(-1)?.includes("2 keys of 2 people") && answers(ann, GENERAL).at(-1),
  );
  expect(said).toContain("ReadOnly: 2 (2 for all buckets)");
  expect(said).toContain("under 30 days: 2 · 30 to 90 days: 0 · 90 to 180 days: 0 · older than 180 days: 0");
  expect(said).toContain("Without an end  2");
  expect(said).toContain("Never rotated  2");
  expect(await reports()).toEqual([{ actor_id: "UANN00001" }]);
});
