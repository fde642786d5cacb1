import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, APPROVERS_GROUP, GENERAL, TEAM } from "../kit/people";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click, command } from "../safety/attacks/crafted";
import { answers, askForAdmin, askForReadOnly, card, keep, reveal, showSecret } from "./play";

const GRID = "EACME0001";
const DANA = "UDEV00001";
const inGrid = (id: string) => ({ enterpriseUser: { id, enterpriseId: GRID, teams: [TEAM.id] } });
const withoutTeam = { team_id: undefined };

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const logged = (event: string) => world.log.map((line) => JSON.parse(line)).filter((line) => line.event === event);
const identityLooks = () => world.slack.calls.filter(({ method }) => method === "auth.test").length;

/** One column of what the store holds, read beside the bot. */
async function stored(query: string): Promise<string[]> {
  const rows = await world.database.rows<{ value: string }>(query);
  return rows.map(({ value }) => value);
}

async function startInGrid(): Promise<void> {
  world.slack.joinOrganization(GRID);
  await world.restartBot();
}

test("a member whom Slack places by the organization alone is served", async () => {
  await startInGrid();
  const { dana, slack } = world;
  slack.setPerson(DANA, { ...inGrid("WORG00001"), userInfo: withoutTeam });
  await askForReadOnly(dana, "ci");
  await keep(dana, "ci");
  expect(logged("outsider.refused")).toEqual([]);
});

test("a guest, and somebody of another workspace of the organization, are not", async () => {
  await startInGrid();
  const { dana, eve, slack } = world;
  slack.setPerson(DANA, { ...inGrid("WORG00001"), userInfo: withoutTeam, isRestricted: true });
  await dana.command("/tigris-key create ci");
  await dana.until("the refusal", () => dana.modal()?.text.includes("Guests can't use"));
  const elsewhere = { id: "WORG00002", enterpriseId: GRID, teams: ["TTHIRD001"] };
  slack.setPerson(eve.id, { enterpriseUser: elsewhere, userInfo: withoutTeam });
  await eve.command("/tigris-key help", { in: GENERAL });
  await eve.until("the refusal", () => answers(eve, GENERAL).some((text) => text.includes("Only members of the")));
  await eve.command("/tigris-key help", { in: GENERAL });
  await eve.until("the second", () => answers(eve, GENERAL).length === 2);
  expect(logged("outsider.refused")).toEqual([
    expect.objectContaining({ level: "warn", actor: eve.id, why: "other_workspace", times: 1 }),
  ]);
});

test.each([
  ["W for U", { id: "WDEV00001", team_id: undefined }, "WDEV00001"],
  ["another id, and names the one that was asked for", { id: "WORG00001", team_id: undefined }, DANA],
])("Slack answers with %s: the key is made, and stays its owner's", async (_what, userInfo, organizationId) => {
  await startInGrid();
  const { dana, ann, slack } = world;
  await askForAdmin(world, dana, "deploy");
  slack.setPerson(DANA, { ...inGrid(organizationId), userInfo });
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  await keep(dana, "deploy");
  await dana.press("Delete key", { in: dana.dm() });
  await dana.until(
    "the end",
    () => card(dana, "deploy")?.text.includes("Deleted by you") || card(dana, "deploy")?.buttons.length === 0,
  );
  expect(await stored("select owner_id as value from keys")).toEqual([DANA]);
});

test("Slack answers with an id that has nothing to do with the one that was asked for: nobody is taken for them", async () => {
  await startInGrid();
  const { dana, slack } = world;
  await askForReadOnly(dana, "ci");
  slack.setPerson(DANA, { ...inGrid("WANN00001"), userInfo: { id: "UANN00001", team_id: undefined } });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the refusal", () => answers(dana).some((text) => text.includes("I couldn't check with Slack")));
  expect(world.tigris.keys()).toHaveLength(1);
});

test("nobody approves their own request under the other one of their ids", async () => {
  await startInGrid();
  const { dana, slack } = world;
  slack.setPerson(DANA, inGrid("WORG00001"));
  slack.setGroup(APPROVERS_GROUP, ["UANN00001", "WORG00001"]);
  await askForAdmin(world, dana, "deploy");
  const [requestId] = await stored("select id as value from requests");
  const responseUrl = slack.newResponseUrl(DANA, GENERAL);
  const pressed = click(world, { id: "WORG00001" }, ACTIONS.approve, requestId, { response_url: responseUrl });
  await slack.sendRaw("interaction", pressed);
  await dana.until("the refusal", () => answers(dana, GENERAL).some((text) => text.includes("You asked for this key")));
  expect(card(dana, "deploy")?.text).toContain("Waiting for");
});

describe("a workspace that joins an organization while the bot runs", () => {
  const join = () => {
    world.slack.joinOrganization(GRID);
    world.slack.setPerson(DANA, { ...inGrid("WORG00001"), userInfo: withoutTeam });
  };

  test("its people are served without a restart, and Slack is asked once", async () => {
    const { dana } = world;
    await askForReadOnly(dana, "ci");
    join();
    const before = identityLooks();
    await reveal(dana, "ci");
    await dana.command("/tigris-key list", { in: GENERAL });
    await dana.until("the list", () => dana.screen(GENERAL).some(({ text }) => text.includes("ci")));
    expect(identityLooks() - before).toBe(1);
    expect(logged("home.organization_changed")).toHaveLength(1);
  });

  test("while Slack does not say so they are refused, which the log tells, and it is asked again after a minute", async () => {
    const { dana, slack, clock } = world;
    await askForReadOnly(dana, "ci");
    join();
    slack.faults.arm({ call: "auth.test" }, { kind: "refuse", status: 500, body: {} });
    const before = identityLooks();
    for (let times = 1; times <= 2; times++) {
      await dana.press("Show my secret", { in: dana.dm() });
      await dana.until(
        "the refusal",
        () => answers(dana).filter((text) => text.includes("Only members")).length === times,
      );
    }
    expect(identityLooks() - before).toBe(1);
    expect(logged("outsider.refused")).toEqual([expect.objectContaining({ actor: DANA, why: "payload" })]);
    expect(logged("look.refused")).toEqual([expect.objectContaining({ method: "auth.test", code: "http_500" })]);
    clock.advance(60_000);
    await showSecret(dana, "ci");
    expect(identityLooks() - before).toBe(2);
  });

  test("a workspace with another name than the database's is never taken for ours", async () => {
    const { dana, slack, clock } = world;
    await askForReadOnly(dana, "ci");
    join();
    slack.faults.arm(
      { call: "auth.test" },
      {
        kind: "refuse",
        status: 200,
        body: {
          ok: true,
          team_id: "TTHIRD001",
          enterprise_id: GRID,
          user_id: "UBOTTIGR1",
          bot_id: "BTIGRIS01",
          url: "https://third.slack.com/",
        },
      },
    );
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the refusal", () => answers(dana).some((text) => text.includes("Only members")));
    expect(world.tigris.keys()).toHaveLength(1);
    clock.advance(60_000);
    await showSecret(dana, "ci");
  });
});

test("a stranger's click that names an organization asks about ours once a minute at most", async () => {
  const { slack } = world;
  const before = identityLooks();
  const from = { id: "UOUTSIDE1" };
  for (let times = 0; times < 5; times++)
    await slack.sendRaw("command", command(world, from, "help", { enterprise_id: "EEVIL0001" }));
  await until("the looks at the stranger", () => slack.calls.some(({ params }) => params.user === from.id));
  expect(identityLooks() - before).toBe(1);
});
