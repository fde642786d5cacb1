import { WebClient } from "@slack/web-api";
import { connectPerson, type SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import { ANN, BEN, BOT_TOKEN, GENERAL, GROUP, OUTSIDER, SECRET_CHANNEL, startWorkspace } from "./workspace";

let slack: SlackStandIn;
let bot: WebClient;
beforeEach(async () => {
  slack = await startWorkspace();
  bot = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
});
afterEach(() => slack.stop());

const post = (text: string, blocks?: object[]) =>
  bot.chat.postMessage({ channel: GENERAL, text, ...(blocks ? { blocks: blocks as never[] } : {}) });

async function newest(id = ANN) {
  const person = slack.person(id);
  return person.until("a message", () => person.screen(GENERAL).at(-1));
}

describe("pings", () => {
  test.each<[string, string[]]>([
    ["<@UBEN00001> look", [BEN]],
    [`<!subteam^${GROUP}> look`, [BEN]],
    ["<!channel> look", [ANN, BEN, OUTSIDER]],
    ["<!here|here> look", [ANN, BEN, OUTSIDER]],
    ["&lt;!channel&gt; and @ben look", []],
    ["<https://evil.example|@ben>", []],
    ["<@UNOBODY01>", []],
  ])("%s", async (text, pinged) => {
    await post(text);
    for (const id of [ANN, BEN, OUTSIDER]) {
      await newest(id);
      expect([id, slack.person(id).mentionsOf().length]).toEqual([id, pinged.includes(id) ? 1 : 0]);
    }
  });

  test("come from blocks too, not from plain text, code or a later change", async () => {
    const { ts = "" } = await post("quiet", [
      { type: "section", text: { type: "plain_text", text: "<!channel>" } },
      {
        type: "rich_text",
        elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "<@UBEN00001>" }] }],
      },
    ]);
    expect(await newest()).toMatchObject({ mentions: [], links: [], pings: false });
    await bot.chat.update({ channel: GENERAL, ts, text: "<@UBEN00001>" });
    const ben = slack.person(BEN);
    await ben.until("the change", () => ben.screen(GENERAL)[0]?.mentions.includes(BEN));
    expect(ben.mentionsOf()).toEqual([]);
    await post("loud", [
      {
        type: "rich_text",
        elements: [{ type: "rich_text_section", elements: [{ type: "usergroup", usergroup_id: GROUP }] }],
      },
    ]);
    await ben.until("the ping", () => ben.mentionsOf().length === 1);
  });
});

test("links are found with their labels or bare, and markup is taken as markup", async () => {
  await post("<https://evil.example|https://good.example> and https://bare.example");
  expect(await newest()).toMatchObject({
    text: "https://good.example and https://bare.example",
    links: ["https://evil.example", "https://bare.example"],
  });
  await post("*bold* _it_ `code` snake_case_name 2*3*4 &amp;amp;");
  const ann = slack.person(ANN);
  await ann.until("the text", () => ann.screen(GENERAL).at(-1)?.text === "bold it code snake_case_name 2*3*4 &amp;");
});

test("moments and names are shown as their reader sees them", async () => {
  const text = { type: "mrkdwn", text: "<@UBEN00001> at <!date^1700000000^{date} {time}|then>, <#CGENERAL1>" };
  await post("x", [{ type: "section", text }]);
  expect((await newest(ANN)).text).toBe("@ben at 2023-11-14 23:13, #general");
  expect((await newest(BEN)).text).toBe("@ben at 2023-11-14 17:13, #general");
});

test("an ephemeral message is on one screen, until that is loaded anew", async () => {
  await bot.chat.postEphemeral({ channel: GENERAL, user: ANN, text: "For you" });
  const ann = slack.person(ANN);
  await ann.until("the message", () => ann.screen(GENERAL).length === 1);
  expect(slack.person(BEN).screen(GENERAL)).toEqual([]);
  const second = await connectPerson(slack.personApiUrl, ANN);
  expect(second.screen(GENERAL)).toEqual([]);
  const reloaded = ann.reload();
  expect(ann.screen(GENERAL)).toEqual([]);
  await reloaded;
  expect(ann.screen(GENERAL)).toEqual([]);
  await post("For all");
  for (const client of [ann, second]) await client.until("the next", () => client.screen(GENERAL).length === 1);
  second.disconnect();
});

test("whoever is not in a channel sees and does nothing there", async () => {
  const ben = slack.person(BEN);
  await expect(ben.command("/try it", { in: SECRET_CHANNEL })).rejects.toThrow("is not in");
  await slack.person(ANN).command("/unknown it", { in: GENERAL });
  expect(slack.person(ANN).toasts()).toEqual(["/unknown is not a valid command"]);
  slack.setChannel(GENERAL, { members: [ANN] });
  await ben.until("no channel", () => ben.screen(GENERAL).length === 0);
});

test("whoever leaves is deactivated and signed out: nothing can be done as them until they are back", async () => {
  const ben = slack.person(BEN);
  const change = (to: "leave" | "comeBack") =>
    fetch(`${slack.personApiUrl}/${BEN}/${to}`, { method: "POST", body: "{}" });
  const isDeleted = async () => (await bot.users.info({ user: BEN })).user?.deleted;
  await change("leave");
  expect(await isDeleted()).toBe(true);
  await expect(ben.command("/try it")).rejects.toThrow("has left");
  await expect(ben.say("Hello", { in: GENERAL })).rejects.toThrow("has left");
  expect((await change("leave")).status).toBe(409);
  expect(slack.deliveries).toEqual([]);
  await post("It goes on");
  expect((await newest(BEN)).text).toBe("It goes on");
  await change("comeBack");
  expect(await isDeleted()).toBe(false);
  await ben.say("Hello", { in: GENERAL });
});

test("names in commands become ids where the manifest escapes them", async () => {
  await slack.person(ANN).command("/try hello @ben and @nobody");
  expect(slack.deliveries[0]?.payload).toMatchObject({ text: "hello <@UBEN00001|ben> and @nobody" });
});

test("who looks in vain reads what was on the screen instead", async () => {
  await post("Something else");
  await newest();
  const looking = slack.person(ANN).until("the answer", () => false, 10);
  await expect(looking).rejects.toThrow(/never saw the answer; on the screen:\n[\s\S]*#general: Something else/);
});

test("only pages of the stand-in's own address may act", async () => {
  const { status } = await fetch(`${slack.personApiUrl}/${ANN}/command`, {
    method: "POST",
    headers: { origin: "https://evil.example" },
    body: JSON.stringify({ text: "/try it" }),
  });
  expect(status).toBe(403);
  expect(slack.deliveries).toEqual([]);
});

test("looking waits for the screens of others too", async () => {
  const [ann, ben] = [slack.person(ANN), slack.person(BEN)];
  const seen = ann.until("Ben's message", () => ben.screen(GENERAL)[0]);
  await bot.chat.postEphemeral({ channel: GENERAL, user: BEN, text: "For Ben" });
  expect((await seen).text).toBe("For Ben");
});
