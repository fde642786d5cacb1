import { type ErrorCode, WebClient } from "@slack/web-api";
import type { SlackStandIn } from "../../../sandbox/slack";
import { SILENT } from "./silent";
import {
  ANN,
  APP_TOKEN,
  BEN,
  BOT,
  BOT_TOKEN,
  ELSEWHERE,
  GENERAL,
  GROUP,
  MANIFEST,
  OLD_CHANNEL,
  SECRET_CHANNEL,
  startWorkspace,
} from "./workspace";

let slack: SlackStandIn;
let bot: WebClient;

beforeEach(async () => {
  slack = await startWorkspace();
  bot = clientWith(BOT_TOKEN);
});
afterEach(() => slack.stop());

function clientWith(token: string): WebClient {
  return new WebClient(token, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: SILENT });
}

type PlatformError = { code: ErrorCode; data: { error: string; response_metadata?: { messages?: string[] } } };

/** The error with which Slack refuses a call. */
async function refusal(call: Promise<unknown>): Promise<PlatformError["data"]> {
  try {
    await call;
  } catch (error) {
    return (error as PlatformError).data;
  }
  throw new Error("it was not refused");
}

async function errorOf(call: Promise<unknown>): Promise<string> {
  return (await refusal(call)).error;
}

describe("tokens, scopes and methods", () => {
  test("a wrong, a missing and a wrong kind of token", async () => {
    expect(await errorOf(clientWith("xoxb-wrong").auth.test())).toBe("invalid_auth");
    expect(await errorOf(clientWith("").auth.test())).toBe("not_authed");
    expect(await errorOf(clientWith(APP_TOKEN).users.info({ user: ANN }))).toBe("not_allowed_token_type");
    expect(await errorOf(bot.apps.connections.open())).toBe("not_allowed_token_type");
  });

  test("a scope that the manifest lacks", async () => {
    await slack.stop();
    slack = await startWorkspace({
      app: { ...appWith(["commands"]), delivery: { kind: "socket" } },
    });
    const data = await refusal(clientWith(BOT_TOKEN).users.info({ user: ANN }));
    expect(data).toMatchObject({ error: "missing_scope", needed: "users:read", provided: "commands" });
  });

  test("an unknown method, an unreadable body, a missing argument", async () => {
    expect(await errorOf(bot.apiCall("reminders.add"))).toBe("unknown_method");
    const answer = await fetch(`${slack.url}auth.test`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${BOT_TOKEN}` },
      body: "{",
    });
    expect(await answer.json()).toMatchObject({ ok: false, error: "invalid_json" });
    const data = await refusal(bot.apiCall("users.info"));
    expect(data.response_metadata?.messages?.[0]).toContain("missing required field: user");
  });

  test("a body of JSON counts as much as a form", async () => {
    const answer = await fetch(`${slack.url}chat.postMessage`, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${BOT_TOKEN}` },
      body: JSON.stringify({ channel: GENERAL, text: "Hello" }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: GENERAL });
    expect(slack.calls.at(-1)).toMatchObject({ method: "chat.postMessage", token: "bot" });
    expect(JSON.stringify(slack.calls)).not.toContain(BOT_TOKEN);
  });
});

function appWith(scopes: string[]) {
  return {
    id: "AAPP00001",
    botId: "BBOT00001",
    botUserId: BOT,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: "x",
    manifest: { ...MANIFEST, oauth_config: { scopes: { bot: scopes } } },
  };
}

describe("people and groups", () => {
  test("who the app is", async () => {
    const identity = { url: "https://team.slack.com/", user: "bot", user_id: BOT, team: "Team", team_id: "TTEAM0001" };
    expect(await bot.auth.test()).toMatchObject(identity);
  });

  test("somebody, as they are now", async () => {
    slack.setPerson(BEN, { deleted: true, isRestricted: true });
    const { user } = await bot.users.info({ user: BEN });
    expect(user).toMatchObject({ id: BEN, deleted: true, is_restricted: true, tz: "America/New_York" });
    expect(await errorOf(bot.users.info({ user: "UNOBODY01" }))).toBe("user_not_found");
  });

  test("somebody in an organization, by either of their ids", async () => {
    slack.joinOrganization("EORG00001");
    expect(await bot.auth.test()).toMatchObject({ team_id: "TTEAM0001", enterprise_id: "EORG00001" });
    const enterpriseUser = { id: "WBEN00001", enterpriseId: "EORG00001", teams: ["TTEAM0001"] };
    slack.setPerson(BEN, { enterpriseUser, userInfo: { team_id: undefined } });
    const { user } = await bot.users.info({ user: "WBEN00001" });
    const { id, enterpriseId: enterprise_id, teams } = enterpriseUser;
    expect(user).toMatchObject({ id: BEN, enterprise_user: { id, enterprise_id, teams } });
    expect(user).not.toHaveProperty("team_id");
  });

  test("a method that may be called so often in a minute, without a scope, a group that is gone", async () => {
    slack.limitCalls("users.info", 2);
    for (let times = 0; times < 2; times++) await bot.users.info({ user: ANN });
    const over = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, rejectRateLimitedCalls: true, logger: SILENT });
    await expect(over.users.info({ user: ANN })).rejects.toMatchObject({ retryAfter: 60 });
    await bot.auth.test();
    slack.setScopes(["commands"]);
    expect(await errorOf(bot.usergroups.users.list({ usergroup: GROUP }))).toBe("missing_scope");
    slack.setScopes(["usergroups:read"]);
    slack.removeGroup(GROUP);
    expect(await errorOf(bot.usergroups.users.list({ usergroup: GROUP }))).toBe("no_such_subteam");
  });

  test("who is in a group", async () => {
    slack.setGroup(GROUP, [ANN]);
    expect((await bot.usergroups.users.list({ usergroup: GROUP })).users).toEqual([ANN]);
    expect(await errorOf(bot.usergroups.users.list({ usergroup: "SNONE0001" }))).toBe("no_such_subteam");
  });
});

describe("conversations", () => {
  test("a DM is the same each time", async () => {
    const first = await bot.conversations.open({ users: ANN });
    const second = await bot.conversations.open({ users: ANN });
    expect(first.channel?.id).toMatch(/^D/);
    expect(second.channel?.id).toBe(first.channel?.id);
    slack.setPerson(BEN, { deleted: true });
    expect(await errorOf(bot.conversations.open({ users: BEN }))).toBe("user_disabled");
  });

  test("what a channel is, if the app may know", async () => {
    slack.setChannel(OLD_CHANNEL, { isPrivate: true });
    const general = await bot.conversations.info({ channel: GENERAL });
    expect(general.channel).toMatchObject({ is_member: true, is_ext_shared: true, is_archived: false });
    const old = await bot.conversations.info({ channel: OLD_CHANNEL });
    expect(old.channel).toMatchObject({ is_private: true, is_archived: true });
    expect(await errorOf(bot.conversations.info({ channel: SECRET_CHANNEL }))).toBe("channel_not_found");
  });
});

describe("messages", () => {
  test.each([
    [SECRET_CHANNEL, "channel_not_found"],
    ["CNOWHERE1", "channel_not_found"],
    [ELSEWHERE, "not_in_channel"],
    [OLD_CHANNEL, "is_archived"],
  ])("are not posted in %s: %s", async (channel, error) => {
    expect(await errorOf(bot.chat.postMessage({ channel, text: "Hello" }))).toBe(error);
    expect(await errorOf(bot.chat.postEphemeral({ channel, user: ANN, text: "Hello" }))).toBe(error);
  });

  test("need a Messages tab in the DM", async () => {
    await slack.stop();
    const manifest = { ...MANIFEST, features: { app_home: { messages_tab_enabled: false } } };
    slack = await startWorkspace({ app: { ...appWith([]), manifest, delivery: { kind: "socket" } } });
    const call = clientWith(BOT_TOKEN).chat.postMessage({ channel: ANN, text: "Hello" });
    expect(await errorOf(call)).toBe("messages_tab_disabled");
  });

  test("say something, and not too much", async () => {
    expect(await errorOf(bot.chat.postMessage({ channel: GENERAL, text: "" }))).toBe("no_text");
    const { ts } = await bot.chat.postMessage({ channel: GENERAL, text: "Hello" });
    const long = bot.chat.update({ channel: GENERAL, ts: ts ?? "", text: "x".repeat(4_001) });
    expect(await errorOf(long)).toBe("msg_too_long");
  });

  test("hold blocks that Slack takes", async () => {
    const data = await refusal(
      bot.chat.postMessage({
        channel: GENERAL,
        text: "x",
        blocks: [{ type: "section", text: { type: "mrkdwn", text: "" } }],
      }),
    );
    expect(data.error).toBe("invalid_blocks");
    expect(data.response_metadata?.messages).toEqual([
      "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ]);
    const form = { channel: GENERAL, text: "x", blocks: "{" };
    expect(await errorOf(bot.apiCall("chat.postMessage", form))).toBe("invalid_blocks_format");
  });

  test("are changed where they are the app's own", async () => {
    const { ts = "" } = await bot.chat.postMessage({ channel: GENERAL, text: "Hello" });
    await bot.chat.update({ channel: GENERAL, ts, text: "Hello again" });
    await slack.person(ANN).until("the change", () => slack.person(ANN).screen(GENERAL)[0]?.text === "Hello again");
    expect(await errorOf(bot.chat.update({ channel: GENERAL, ts: "1.000000", text: "x" }))).toBe("message_not_found");
  });

  test("that are ephemeral reach one member, have no ts, and can't be changed", async () => {
    const result = await bot.chat.postEphemeral({ channel: GENERAL, user: ANN, text: "For you" });
    expect(result).not.toHaveProperty("ts");
    const update = bot.chat.update({ channel: GENERAL, ts: result.message_ts ?? "", text: "x" });
    expect(await errorOf(update)).toBe("message_not_found");
    const other = bot.chat.postEphemeral({ channel: GENERAL, user: "UNOBODY01", text: "x" });
    expect(await errorOf(other)).toBe("user_not_in_channel");
  });

  test("in a thread need one", async () => {
    const { ts = "" } = await bot.chat.postMessage({ channel: GENERAL, text: "Hello" });
    await bot.chat.postMessage({ channel: GENERAL, text: "Inside", thread_ts: ts });
    const nowhere = bot.chat.postMessage({ channel: GENERAL, text: "Inside", thread_ts: "1.000000" });
    expect(await errorOf(nowhere)).toBe("thread_not_found");
    const ann = slack.person(ANN);
    await ann.until("the reply", () => ann.screen(GENERAL).some(({ threadTs }) => threadTs === ts));
  });
});
