import { PERSON_RATE_LIMIT, REFUSED_LOGGED_EVERY_MS } from "../../src/domain/limits";
import { APPROVALS, GENERAL } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, approvalsCard, askForAdmin, askForReadOnly, reveal } from "./play";

const [DANA, ANN, EVE] = ["UDEV00001", "UANN00001", "UEVE00001"];

let world: World;
afterEach(() => endWorld(world));

type Line = { event: string; actor: string; verb: string; code: string; times: number; outcome: string };
const logged = (event: string): Line[] =>
  world.log.map((line) => JSON.parse(line)).filter((line) => line.event === event);

/** Who looked at others' keys, as the record has it. */
const listings = () =>
  world.database.rows<{ actor_id: string; outcome: string }>(
    "select actor_id, outcome from events where name = 'keys.listed' order by id",
  );

test("whoever presses Approve without being allowed to leaves a line, and a count of what they go on pressing", async () => {
  world = await createWorld("socket");
  const { dana, eve, clock } = world;
  await askForAdmin(world, dana, "deploy");
  const press = async (who: typeof eve) => {
    await who.until("the card", () => who.screen(APPROVALS).some(({ buttons }) => buttons.length > 0));
    const before = answers(who, APPROVALS).length;
    await who.press("Approve", { in: APPROVALS });
    await who.until("a refusal", () => answers(who, APPROVALS).length > before);
  };
  for (let times = 0; times < 4; times++) await press(eve);
  await press(dana);
  const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(logged("refused")).toEqual([
    expect.objectContaining({ actor: EVE, verb: "request_approve", code: "not_approver", requestId, times: 1 }),
    expect.objectContaining({ actor: DANA, verb: "request_approve", code: "own_request", requestId, times: 1 }),
  ]);
  clock.advance(REFUSED_LOGGED_EVERY_MS);
  await press(eve);
  expect(logged("refused").at(2)).toMatchObject({ actor: EVE, code: "not_approver", times: 4 });
  expect(approvalsCard(world, "deploy")?.buttons.map(({ label }) => label)).toContain("Approve");
});

test("a list of others' keys is an event of the record, page by page; a refused one is a line", async () => {
  world = await createWorld("socket", { env: { MAX_KEYS_PER_USER: "50" } });
  const { dana, ann, eve, clock } = world;
  for (let number = 1; number <= 11; number++) {
    await askForReadOnly(dana, `key-${number}`);
    await reveal(dana, `key-${number}`);
    clock.advance(60_000);
  }
  const list = async (who: typeof eve, whose: string) => {
    const before = answers(who, GENERAL).length;
    await who.command(`/tigris-key list ${whose}`, { in: GENERAL });
    await who.until("an answer", () => answers(who, GENERAL).length > before);
  };
  await list(eve, "all");
  await list(eve, "@dana");
  await list(dana, "");
  await list(dana, "@dana");
  expect(await listings()).toEqual([]);
  expect(logged("refused")).toEqual([expect.objectContaining({ actor: EVE, verb: "list_all", code: "not_approver" })]);
  await list(ann, "@dana");
  await list(ann, "all");
  await ann.press("Older", { in: GENERAL, message: ({ text }) => text.includes("of everybody") });
  await until("the next page", async () => (await listings()).length === 3);
  expect(await listings()).toEqual([
    { actor_id: ANN, outcome: DANA },
    { actor_id: ANN, outcome: "all" },
    { actor_id: ANN, outcome: "all" },
  ]);
  expect(logged("keys.listed")).toHaveLength(3);
}, 60_000);

test("what somebody typed is in no line, whatever it is", async () => {
  world = await createWorld("socket");
  const { eve } = world;
  await eve.command("/tigris-key delete my-own-words");
  await eve.until("a refusal", () => eve.modal()?.text.includes("No key of yours is called my-own-words."));
  expect(logged("refused")).toEqual([expect.objectContaining({ actor: EVE, verb: "delete", code: "no_such_key" })]);
  expect(world.log.filter((line) => line.includes("my-own-words"))).toEqual([]);
});

test("what can't be read, and what is too much, leaves a line too", async () => {
  world = await createWorld("socket", { overrides: { personRateLimit: PERSON_RATE_LIMIT } });
  const { eve, slack } = world;
  await slack.sendRaw("command", { command: "/tigris-key", text: "list", user_id: EVE, team_id: "TACME0001" });
  await until("the line", () => logged("refused").length === 1);
  for (let sent = 0; sent < PERSON_RATE_LIMIT.limit; sent++) await eve.command("/tigris-key help", { in: GENERAL });
  await until("the next line", () => logged("refused").length === 2);
  expect(logged("refused").map(({ actor, verb, code }) => [actor, verb, code])).toEqual([
    [EVE, "command", "malformed"],
    [EVE, "command", "rate_limited"],
  ]);
});
