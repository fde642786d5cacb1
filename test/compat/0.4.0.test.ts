import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import type { World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { type Card, cardsOf, copyIn, createLaterWorld } from "./fixture";

/* A bot of this version starts on the database that a bot of version 0.4.0 left behind, of either kind. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: World;
let cards: Card[];
let copy: Pick<Card, "channelId" | "ts">;

beforeAll(async () => {
  world = await createLaterWorld("0.4.0", MINUTE, (file) => {
    cards = cardsOf(file);
    copy = copyIn(file);
    return undefined;
  });
});
afterAll(async () => {
  expect(await world.secretsFound()).toEqual([]);
  await world.stop();
});

const cardOf = (kind: Card["card"], keyName: string): Card => {
  const found = cards.find((one) => one.keyName === keyName && one.card === kind);
  if (!found) throw new Error(`there is no card of ${keyName}`);
  return found;
};

const isAllSent = async () => (await world.database.rows("select id from outbox")).length === 0;
const inDm = (who: "dana" | "ann") => world[who].screen();
const inApprovals = () => world.ann.screen(APPROVALS);

/** Of each message that was owed, one of every kind and code, what tells it from the others. */
const TOLD = {
  dana: [
    "@ann approved approved-by-ann",
    "@ann denied to-deny: “Not this quarter”",
    "@ann withdrew the approval of withdrawn",
    "Nobody decided about lapsed in time",
    "off is still off",
    "Tigris never said whether expired is on",
    "@ann paused your key ann-pauses",
    "@ann resumed your key on",
    "I was interrupted while making undelivered",
    "I couldn't confirm that the secret of unconfirmed appeared",
    "The old secret of admin has probably stopped working",
    "@ann deleted your key ann-deletes",
    "Your request for waiting has not reached the approvers",
    "An answer that found no other place.",
  ],
  ann: ["@eve can no longer ask for keys, so your approval of gone has ended"],
  approvers: [
    "@dana had a new secret made for admin",
    "A note of earlier words.",
    "undeleted-REF4UNDL (tid_undeleted)",
    "unpaused-REF4UNPA (tid_unpaused)",
    "left-REF4LEFT (tid_left), left-REF4LEFT",
    "powerful-REF4POWE (tid_powerful)",
    "expired-REF4EXPI (tid_expired)",
    "An alert of earlier words.",
    "made-by-admin · tid_made_by_admin",
    "ann-deletes (tid_ann-deletes0000000000000)",
    "ann-pauses (tid_ann-pauses00000000000000)",
  ],
};

test("everything that was owed is sent, each message once", async () => {
  await until("all to be sent", isAllSent);
  const old = new Set([...cards, copy].map(({ channelId, ts }) => `${channelId} ${ts}`));
  const expectSaid = (on: ReturnType<typeof inApprovals>, parts: string[]) => {
    const texts = on.filter(({ channelId, ts }) => !old.has(`${channelId} ${ts}`)).map(({ text }) => text);
    const times = parts.map((part) => [part, texts.filter((text) => text.includes(part)).length]);
    expect(times).toEqual(parts.map((part) => [part, 1]));
    expect(texts).toHaveLength(parts.length);
  };
  expectSaid(inDm("dana"), TOLD.dana);
  expectSaid(inDm("ann"), TOLD.ann);
  expectSaid(inApprovals(), TOLD.approvers);
  const under = cardOf("approvals", "admin").ts;
  expect(inApprovals().filter(({ threadTs }) => threadTs === under)).toHaveLength(3);
});

test("cards that were owed are drawn where they stood", () => {
  const at = (on: ReturnType<typeof inApprovals>, { ts }: Pick<Card, "ts">) => on.find((one) => one.ts === ts);
  expect(at(inDm("dana"), cardOf("requester", "off"))?.text).toContain("🔑 Off · off opens none of your buckets");
  expect(at(inApprovals(), cardOf("approvals", "approved-by-ann"))?.text).toContain("→ Approved by @ann");
  expect(at(inApprovals(), copy)?.buttons.map(({ label }) => label)).toEqual(["Approve", "Approve with less", "Deny"]);
});

test("approvers are reminded of what waits, once, under its card", async () => {
  const reminders = () => inApprovals().filter(({ text }) => text.includes("still waits for one of you"));
  world.clock.advance(2 * HOUR);
  await until("the reminder", () => reminders().length > 0);
  await until("all to be sent", isAllSent);
  expect(reminders()).toMatchObject([
    {
      threadTs: cardOf("approvals", "waiting").ts,
      text: "@key-approvers · Admin key waiting for @dana still waits for one of you, lapses 2026-11-27 10:11",
    },
  ]);
});

/** A click on a card of that version. */
function clicked(userId: string, card: Card, button: { action: string; value: string }): Promise<unknown> {
  const container = { type: "message", message_ts: card.ts, channel_id: card.channelId, is_ephemeral: false };
  return world.slack.sendRaw(
    "interaction",
    click(world, { id: userId }, button.action, button.value, { container, channel: { id: card.channelId } }),
  );
}

const newest = (keyName: string, state: string) =>
  inDm("dana").findLast(({ text, isEphemeral }) => !isEphemeral && text.includes(state) && text.includes(keyName));

test("the buttons of its cards work: a request is approved, a secret shown, a key switched on, one resumed", async () => {
  const { dana, database } = world;
  const waiting = cardOf("approvals", "waiting");
  await clicked("UANN00001", waiting, { action: "request_approve", value: waiting.requestId });
  await dana.until("the approval", () => newest("waiting", "✅ Ready"));

  const approved = cardOf("requester", "approved-by-policy");
  await clicked(dana.id, approved, { action: "request_reveal", value: approved.requestId });
  await dana.until("the secret", () => inDm("dana").some(({ code }) => code[1]?.startsWith("tsec_")));
  await dana.until("its card", () => newest("approved-by-policy", "🔑 Off"));

  const [off] = await database.rows<{ id: string }>("select delivery_id as id from keys where key_name = 'off'");
  await clicked(dana.id, cardOf("requester", "off"), { action: "delivery_saved_card", value: off?.id ?? "" });
  await dana.until("the key on", () => newest("off", "🔑 On · off"));
  const roles = () => world.tigris.keys().find(({ name }) => name === "off-REF4AAAG")?.bucketsRole;
  expect(roles()).toEqual([{ bucket: "*", role: "ReadOnly" }]);

  const paused = cardOf("requester", "paused");
  await clicked(dana.id, paused, { action: "key_resume", value: "tid_paused000000000000000000" });
  await dana.until("it resumed", () => newest("paused", "🔑 On · paused"));
});
