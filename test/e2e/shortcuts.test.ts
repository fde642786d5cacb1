import { PERSON_RATE_LIMIT } from "../../src/domain/limits";
import { GENERAL } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, card } from "./play";

let world: World;
afterEach(() => endWorld(world));

describe("the shortcut for a key", () => {
  test("opens the form; what comes of it is in the DM", async () => {
    world = await createWorld("http");
    const { dana } = world;
    await dana.shortcut("Get a Tigris key");
    await dana.until("the form", () => dana.modal()?.fields["Key name"]);
    await dana.fill({ "Key name": "ci", Buckets: ["builds"] });
    await dana.submit();
    await dana.until("the card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Show my secret"));
  });

  test("says in the form's place that a guest gets none", async () => {
    world = await createWorld("socket");
    const { gus } = world;
    await gus.shortcut("Get a Tigris key");
    await gus.until("the refusal", () => gus.modal()?.text.includes("Guests can't use Tigris keys."));
  });
});

test("who does too much reads so for either shortcut, without a look", async () => {
  world = await createWorld("socket", { overrides: { personRateLimit: { ...PERSON_RATE_LIMIT, limit: 1 } } });
  const { eve, slack } = world;
  await eve.shortcut("Get a Tigris key");
  await eve.until("the form", () => eve.modal()?.fields["Key name"]);
  await eve.close();
  const looks = () => slack.calls.filter(({ method }) => /^user/.test(method)).length;
  const before = looks();
  await eve.shortcut("Get a Tigris key");
  await eve.until("the reason", () => eve.modal()?.text.includes("That was a lot at once"));
  const message = await eve.say("tid_somebodys", { in: GENERAL });
  await eve.shortcutOn("This message leaks a key", { in: GENERAL, message });
  await eve.until("the reason beside it", () => answers(eve, GENERAL).some((text) => text.includes("That was a lot")));
  expect(looks()).toBe(before);
  const refused = () => world.log.filter((line) => line.includes('"code":"rate_limited"'));
  await until("a line of the log", () => refused().length === 1);
  expect(refused()[0]).toContain('"verb":"shortcut"');
});
