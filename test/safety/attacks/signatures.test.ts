import { createHmac } from "node:crypto";
import { HOUR_MS } from "../../../src/domain/limits";
import { ACTIONS, SHORTCUTS } from "../../../src/slack/ids";
import { card, secretMessages } from "../../e2e/play";
import { APP } from "../../kit/people";
import { until } from "../../kit/until";
import { createWorld, endWorld, type World } from "../../kit/world";
import { click, command, menuChoice, opening, type Sender, shortcut } from "./crafted";
import { createValues } from "./forms";
import { requestsFor, rowsIn } from "./rows";
import { STAGE_MS, STAGED_NAMES, type Stage, setStage } from "./stage";

const DANA: Sender = { id: "UDEV00001" };
const ANN: Sender = { id: "UANN00001" };
const EVE: Sender = { id: "UEVE00001" };

let world: World;
let stage: Stage;
beforeAll(async () => {
  world = await createWorld("http");
  stage = await setStage(world, ["pending", "approved", "key", "paused", "delivery"]);
}, STAGE_MS);
afterAll(() => endWorld(world));

const now = () => Math.floor(world.clock.now() / 1_000);
const signed = (secret: string, stampS: number, body: string) =>
  `v0=${createHmac("sha256", secret).update(`v0:${stampS}:${body}`).digest("hex")}`;
const TIME = "x-slack-request-timestamp";
const SIGNATURE = "x-slack-signature";

type Headers = Record<string, string>;

const FORGERIES: [string, (body: string) => Headers][] = [
  ["with a forged signature", () => ({ [SIGNATURE]: `v0=${"0".repeat(64)}` })],
  ["signed for another body", (body) => ({ [SIGNATURE]: signed(APP.signingSecret, now(), `${body}&a=b`) })],
  ["signed for another time", (body) => ({ [SIGNATURE]: signed(APP.signingSecret, now() - 1, body) })],
  ["with no signature", () => ({ [SIGNATURE]: "" })],
  ["with no time", () => ({ [TIME]: "" })],
  ["with neither", () => ({ [SIGNATURE]: "", [TIME]: "" })],
  ["five minutes and a second old", () => ({ [TIME]: String(now() - 301) })],
  ["five minutes and two seconds ahead", () => ({ [TIME]: String(now() + 302) })],
  ["a year ahead", () => ({ [TIME]: String(now() + 31_536_000) })],
  ["of another app's", (body) => ({ [SIGNATURE]: signed("fedcba9876543210fedcba9876543210", now(), body) })],
  ["signed with nothing", (body) => ({ [SIGNATURE]: signed("", now(), body) })],
  ["signed with the bot's token", (body) => ({ [SIGNATURE]: signed(APP.botToken, now(), body) })],
  ["with another version", (body) => ({ [SIGNATURE]: signed(APP.signingSecret, now(), body).replace("v0", "v1") })],
];

const REASONS = ["odd_signature", "stale_or_future", "unsigned", "wrong_signature"];

/** An approval, a reveal, a form and a command, all of which would take effect if they were Slack's. */
const PAYLOADS: [string, () => string][] = [
  ["an approval", () => interaction(click(world, ANN, ACTIONS.approve, stage.pending))],
  ["a reveal", () => interaction(click(world, DANA, ACTIONS.reveal, stage.approved))],
  ["the word that a secret is saved", () => interaction(click(world, DANA, ACTIONS.saved, stage.delivery))],
  ["a resume", () => interaction(click(world, DANA, ACTIONS.resumeKey, stage.paused))],
  ["a deletion", () => interaction(click(world, DANA, ACTIONS.deleteKey, stage.key))],
  ["a choice in a menu", () => interaction(menuChoice(world, DANA, `${ACTIONS.pauseListed}:${stage.key}`))],
  ["a reminder", () => interaction(click(world, DANA, ACTIONS.remind, stage.pending))],
  ["a shortcut", () => interaction(shortcut(world, DANA, SHORTCUTS.getKey))],
  ["a report of a leak", () => interaction(shortcut(world, DANA, SHORTCUTS.reportLeak, `see ${stage.key}`))],
  ["the opening of a Home", () => world.slack.bodyOf({ kind: "event", payload: opening(DANA) })],
  ["a form", () => interaction(form())],
  ["a command", () => world.slack.bodyOf({ kind: "command", payload: command(world, DANA, "create mine") })],
];

function interaction(payload: Record<string, unknown>): string {
  return world.slack.bodyOf({ kind: "interaction", payload });
}

function form(): Record<string, unknown> {
  const view = { id: "V1", callback_id: "create_form", private_metadata: "", state: { values: createValues() } };
  return { type: "view_submission", user: { id: DANA.id }, team: { id: "TACME0001" }, view };
}

describe.each(PAYLOADS)("%s", (_what, bodyOf) => {
  test.each(FORGERIES)("%s is refused, costs no row, and asks neither Slack nor Tigris", async (_how, headersOf) => {
    const before = rowsIn(world.databaseFile);
    const asked = [world.slack.calls.length, world.tigris.calls.length];
    const body = bodyOf();
    const answer = await world.slack.postRaw(body, headersOf(body));
    expect(answer).toEqual({ status: 401, body: "" });
    expect(rowsIn(world.databaseFile)).toEqual(before);
    expect([world.slack.calls.length, world.tigris.calls.length]).toEqual(asked);
  });
});

test("what was refused is logged without a word of it", () => {
  const refused = world.log.filter((line) => line.includes("transport.refused"));
  // By the clock it is all at once: each reason is logged once.
  expect(refused.map((line) => JSON.parse(line).reason).sort()).toEqual(REASONS);
  for (const line of refused) expect(line).not.toMatch(/UDEV00001|UANN00001|v0=|create mine/);
});

describe("a replay within five minutes", () => {
  const stampS = () => now() - 290;

  /** Posts the same bytes under the same signature, as somebody who has recorded them. */
  async function twice(body: string, more: Headers = {}): Promise<void> {
    const headers = { [TIME]: String(stampS()), ...more };
    const first = await world.slack.postRaw(body, headers);
    expect([first, await world.slack.postRaw(body, headers)]).toMatchObject([{ status: 200 }, { status: 200 }]);
  }

  const events = (name: string) => rowsIn(world.databaseFile).events?.filter((event) => event.name === name).length;
  const rotated = () => world.tigris.calls.filter(({ action }) => action === "RotateAccessKey").length;
  /** Calls that give a key roles, or make it active. */
  const given = () =>
    world.tigris.calls.filter(
      ({ action, params }) => action === "UpdateAccessKeyWithBucketsRole" || params.Status === "Active",
    ).length;
  const answered = () => world.dana.screen("CGENERAL1").filter(({ isEphemeral }) => isEphemeral).length;
  const made = () => world.tigris.calls.filter(({ action }) => action.startsWith("Create")).length;

  const called = (name: string) =>
    world.slack.calls.filter(({ method, endedAt }) => method === name && endedAt !== null);

  test("of the opening of a Home draws it once", async () => {
    const before = called("views.publish").length;
    const isJson = { "content-type": "application/json" };
    await twice(world.slack.bodyOf({ kind: "event", payload: opening(DANA) }), isJson);
    await world.dana.until("the Home", () => called("views.publish").length > before);
    await world.slack.sendRaw("event", opening(DANA));
    await world.dana.until("the next opening", () => called("views.publish").length > before + 1);
    expect(called("views.publish")).toHaveLength(before + 2);
  });

  test("of a report tells nobody twice", async () => {
    const [reported, before] = [events("leak.reported") ?? 0, called("views.open").length];
    await twice(interaction(shortcut(world, EVE, SHORTCUTS.reportLeak, `see ${stage.key}`)));
    await until("both to be taken", () => called("views.open").length === before + 2);
    await until("the report", () => (events("leak.reported") ?? 0) > reported);
    expect(events("leak.reported")).toBe(reported + 1);
  });

  test("of a reminder reminds once", async () => {
    // They were asked only just now.
    world.clock.advance(HOUR_MS);
    const [reminded, told] = [events("request.reminded") ?? 0, answered()];
    await twice(interaction(click(world, DANA, ACTIONS.remind, stage.pending)));
    await world.dana.until("both answers", () => answered() === told + 2);
    expect(events("request.reminded")).toBe(reminded + 1);
  });

  test("of an approval says that it is approved already", async () => {
    const approved = events("request.approved") ?? 0;
    await twice(interaction(click(world, ANN, ACTIONS.approve, stage.pending)));
    const told = () => world.ann.screen("CGENERAL1").filter(({ isEphemeral }) => isEphemeral);
    await world.ann.until("both answers", () => told().length === 2);
    expect(told().map(({ text }) => text.replace(/ \d{4}.*/, ""))).toEqual(
      expect.arrayContaining([`You approved ${STAGED_NAMES.pending} for @dana.`, "@ann approved this"]),
    );
    expect(events("request.approved")).toBe(approved + 1);
  });

  test("of a reveal makes no second key and shows no second secret", async () => {
    const [before, shown] = [made(), secretMessages(world.dana).length];
    await twice(interaction(click(world, DANA, ACTIONS.reveal, stage.approved)));
    await world.dana.until("the answer to the second", () =>
      world.dana.screen("CGENERAL1").some(({ text }) => /being made|was made|done once/.test(text)),
    );
    await world.dana.until("the secret", () => secretMessages(world.dana).length === shown + 1);
    await world.dana.until("the card", () => card(world.dana, STAGED_NAMES.approved)?.text.includes("🔑 Off · "));
    expect(made()).toBe(before + 1);
  });

  test("of the word that a secret is saved sets its roles once", async () => {
    const [on, before, told] = [events("key.on") ?? 0, given(), answered()];
    await twice(interaction(click(world, DANA, ACTIONS.saved, stage.delivery)));
    await until("the key on", () => events("key.on") === on + 1);
    await world.dana.until("both answers", () => answered() === told + 2);
    expect(given()).toBe(before + 1);
  });

  test("of a resume gives power once", async () => {
    const [resumed, before, told] = [events("key.resumed") ?? 0, given(), answered()];
    await twice(interaction(click(world, DANA, ACTIONS.resumeKey, stage.paused)));
    await until("the key resumed", () => events("key.resumed") === resumed + 1);
    await world.dana.until("both answers", () => answered() === told + 2);
    expect(given()).toBe(before + 1);
  });

  test("of a new secret makes one", async () => {
    await twice(interaction(click(world, DANA, ACTIONS.newSecret, stage.key)));
    await until("the new secret", () => events("key.rotated") === 1);
    expect(rotated()).toBe(1);
    await twice(interaction(click(world, DANA, ACTIONS.newSecret, stage.key)));
    await until("the second new secret", () => events("key.rotated") === 2);
    expect(rotated()).toBe(2);
  });

  test("of a choice in a menu takes effect once", async () => {
    const [paused, told] = [events("key.pause_taken") ?? 0, answered()];
    await twice(interaction(menuChoice(world, DANA, `${ACTIONS.pauseListed}:${stage.key}`)));
    await world.dana.until("both answers", () => answered() === told + 2);
    expect(events("key.pause_taken")).toBe(paused + 1);
  });

  test("of a form asks once", async () => {
    const created = events("request.created") ?? 0;
    await twice(interaction(form()));
    await until("the request", () => events("request.created") === created + 1);
    await world.dana.until("the card", () => card(world.dana, "mine"));
    expect(requestsFor("mine", rowsIn(world.databaseFile))).toHaveLength(1);
  });

  test("is over once the five minutes are", async () => {
    const body = interaction(click(world, ANN, ACTIONS.withdraw, stage.pending));
    const headers = { [TIME]: String(now() - 298) };
    world.clock.advance(4_000);
    const before = rowsIn(world.databaseFile).events;
    expect(await world.slack.postRaw(body, headers)).toMatchObject({ status: 401 });
    expect(rowsIn(world.databaseFile).events).toEqual(before);
  });
});

test("fields that are there twice are read one way: nobody is somebody else for a part of it", async () => {
  const single = world.slack.bodyOf({ kind: "command", payload: command(world, DANA, "list") });
  const calls = world.slack.calls.length;
  expect(await world.slack.postRaw(`${single}&user_id=UEVE00001`)).toMatchObject({ status: 200 });
  await until("what the bot asks of Slack", () => world.slack.calls.length > calls);
  const asked = world.slack.calls.slice(calls).filter(({ method }) => method === "users.info");
  expect(asked.map(({ params }) => params.user)).toEqual(["UEVE00001"]);
  await world.dana.until("the list for whom it was judged", () =>
    world.dana.screen("CGENERAL1").some(({ text }) => text.startsWith("You have no keys")),
  );
});
