import { USER_GROUPS } from "../kit/people";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card } from "./play";

const [APPROVERS] = USER_GROUPS;

let world: World;
afterEach(() => endWorld(world));

const refusal = {
  kind: "refuse",
  status: 403,
  body: { Code: "AccessDenied" },
} as const;

/** What Dana reads where Tigris makes no key for the bot, beside her click and on her card. */
async function refused(): Promise<string[]> {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, refusal);
  await dana.press("Show my secret", { in: dana.dm() });
  const said = await dana.until("the answer", () => answers(dana).find((text) => text.includes("Tigris refused")));
  const shown = await dana.until(
    "the card",
    () => card(dana, "ci")?.text.includes("Tigris refused") && card(dana, "ci"),
  );
  return [said, shown.text];
}

test.each([
  ["a person", "UANN00001", "@ann"],
  ["a group", APPROVERS?.id, `@${APPROVERS?.handle}`],
])("%s who runs the bot is named wherever somebody is to be told", async (_who, OPERATOR, name) => {
  world = await createWorld("socket", { env: { OPERATOR } });
  for (const text of await refused()) {
    expect(text).toContain("since it doesn't allow me to");
    expect(text).toContain(`tell ${name} (ref `);
    expect(text).not.toContain("AccessDenied");
  }
});

test("where nobody is named it is whoever runs the bot; the log has the code under the reference that people read", async () => {
  world = await createWorld("socket");
  const [said = ""] = await refused();
  expect(said).toContain("tell whoever runs this bot (ref ");
  expect(said).not.toContain("\u2060");
  const reference = /\(ref (\w+)\)/.exec(said)?.[1];
  const lines = world.log.filter((line) => line.includes(`"references":"${reference}"`));
  expect(
    lines.some((line) => line.includes('"event":"attempt.refused"') && line.includes('"outcome":"AccessDenied"')),
  ).toBe(true);
});
