import type { SlackStandIn } from "../../../sandbox/slack";
import { ANN, APP_TOKEN, BOT, BOT_TOKEN, GENERAL, startWorkspace } from "./workspace";

let slack: SlackStandIn;
beforeEach(async () => {
  slack = await startWorkspace();
});
afterEach(() => slack.stop());

const AS_BOT = { authorization: `Bearer ${BOT_TOKEN}` };
const JSON_BODY = { "content-type": "application/json; charset=utf-8" };
const BLOCKS = [{ type: "section", text: { type: "mrkdwn", text: "Hello" } }];

async function ask(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`${slack.url}${path}`, { headers: AS_BOT, ...init });
  return (await response.json()) as Record<string, unknown>;
}

function form(fields: Record<string, string>): FormData {
  const parts = new FormData();
  for (const [name, value] of Object.entries(fields)) parts.set(name, value);
  return parts;
}

test("an empty body is one without arguments, whatever type it names", async () => {
  for (const type of ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    const headers = { ...AS_BOT, "content-type": type };
    expect(await ask("auth.test", { method: "POST", headers, body: "" })).toMatchObject({ ok: true, user_id: BOT });
  }
  const call = await ask("users.info", { method: "POST", headers: { ...AS_BOT, ...JSON_BODY } });
  expect(call).toMatchObject({ ok: false, error: "invalid_arguments" });
});

test("arguments in the address count, and the body goes before them", async () => {
  expect(await ask(`users.info?user=${ANN}`)).toMatchObject({ ok: true, user: { id: ANN } });
  const posted = { method: "POST", body: new URLSearchParams({ user: ANN }) };
  expect(await ask(`users.info?user=${BOT}`, posted)).toMatchObject({ ok: true, user: { id: ANN } });
  const query = new URLSearchParams({ channel: GENERAL, blocks: JSON.stringify(BLOCKS) });
  expect(await ask(`chat.postMessage?${query}`)).toMatchObject({ ok: true, message: { blocks: BLOCKS } });
});

test("a form of parts counts as much as any other", async () => {
  const message = form({ channel: GENERAL, text: "Grüße", blocks: JSON.stringify(BLOCKS) });
  expect(await ask("chat.postMessage", { method: "POST", body: message })).toMatchObject({
    ok: true,
    message: { text: "Grüße", blocks: BLOCKS },
  });
  const withToken = form({ token: BOT_TOKEN, user: ANN });
  expect(await ask("users.info", { method: "POST", headers: {}, body: withToken })).toMatchObject({ ok: true });
  expect(JSON.stringify(slack.calls)).not.toContain(BOT_TOKEN);
});

test("structured arguments may be text within JSON, too", async () => {
  const body = JSON.stringify({ channel: GENERAL, blocks: JSON.stringify(BLOCKS) });
  const headers = { ...AS_BOT, ...JSON_BODY };
  expect(await ask("chat.postMessage", { method: "POST", headers, body })).toMatchObject({ ok: true });
});

test("a token in the address counts for nothing, and is not kept", async () => {
  expect(await ask(`auth.test?token=${BOT_TOKEN}`, { headers: {} })).toEqual({ ok: false, error: "not_authed" });
  expect(await ask(`apps.connections.open?token=${APP_TOKEN}`, { headers: {} })).toMatchObject({ ok: false });
  expect(JSON.stringify(slack.calls)).not.toMatch(new RegExp(`${BOT_TOKEN}|${APP_TOKEN}`));
});

test.each([
  ["application/json", "{", "invalid_json"],
  ["application/json", "[]", "json_not_object"],
  ["application/json", "null", "json_not_object"],
  ["multipart/form-data; boundary=x", "no parts", "invalid_form_data"],
  ["multipart/form-data", "no boundary", "invalid_form_data"],
])("a body of %s that is %s is refused with %s", async (type, body, error) => {
  const call = { method: "POST", headers: { ...AS_BOT, "content-type": type }, body };
  expect(await ask("auth.test", call)).toEqual({ ok: false, error });
});
