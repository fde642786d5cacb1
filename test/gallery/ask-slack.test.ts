import { WebClient } from "@slack/web-api";
import type { SlackStandIn } from "../../sandbox/slack";
import { sentenceMessage } from "../../src/slack/blocks/message";
import { denyForm } from "../../src/slack/deny-form/view";
import { SILENT } from "../sandbox/slack/silent";
import { BOT_TOKEN, startWorkspace } from "../sandbox/slack/workspace";
import { gallery } from ".";
import { checkBlocks, problemsIn } from "./ask-slack";
import type { Entry } from "./entry";
import { ANN, request } from "./records";
import { REQUEST_STATES } from "./states";

let slack: SlackStandIn;
let client: WebClient;

beforeAll(async () => {
  slack = await startWorkspace();
  client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.url, logger: SILENT });
});
afterAll(() => slack.stop());

const MESSAGE = { group: "Made up", readerId: ANN, kind: "message", place: "dm", isEphemeral: false } as const;
const FINE: Entry = { ...MESSAGE, name: "fine", message: sentenceMessage(["All is well."]) };
const TOO_LONG: Entry = {
  ...MESSAGE,
  name: "too long",
  message: { text: "long", blocks: [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }] },
};
const FORM = denyForm(request(REQUEST_STATES.pending[""]));
const UNTITLED: Entry = {
  group: "Made up",
  name: "untitled",
  readerId: ANN,
  kind: "modal",
  view: { ...FORM, title: { type: "plain_text", text: "" } },
};

test("every payload is looked at, and none is posted", async () => {
  const said: string[] = [];
  const environment = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_API_URL: slack.url };
  expect(await checkBlocks(environment, (line) => said.push(line))).toBe(0);
  expect(said).toEqual([`Slack looked at ${gallery().length} messages and views: 0 problems.`]);
  expect(new Set(slack.calls.map(({ method }) => method))).toEqual(new Set(["blocks.validate"]));
});

test("what Slack would not take is named with its place", async () => {
  expect(await problemsIn([FINE, TOO_LONG, UNTITLED], client)).toEqual([
    "Made up, too long: /blocks/0/text/text must be less than 151 characters",
    "Made up, untitled: /title/text must be more than 0 characters",
  ]);
});

test("where Slack is asked too often, it is asked again when it says so", async () => {
  const refusal = { ok: false, error: "ratelimited" };
  const tooMany = { kind: "refuse", status: 429, headers: { "retry-after": "1" }, body: refusal } as const;
  slack.faults.arm({ call: "blocks.validate" }, tooMany);
  expect(await problemsIn([TOO_LONG], client)).toHaveLength(1);
});

test("a token that is missing or wrong is said", async () => {
  const said: string[] = [];
  expect(await checkBlocks({}, (line) => said.push(line))).toBe(2);
  expect(said).toEqual([expect.stringContaining("Set SLACK_BOT_TOKEN")]);
  const environment = { SLACK_BOT_TOKEN: "xoxb-wrong", SLACK_API_URL: slack.url };
  await expect(checkBlocks(environment, () => {})).rejects.toThrow("invalid_auth");
});
