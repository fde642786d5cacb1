import type { Person } from "../../sandbox/slack";
import { SWITCH_ON, secretMessages } from "../e2e/play";
import { APPROVALS, GENERAL } from "../kit/people";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { APPROVALS_CARDS, DELETED, LEFT, OWED, REQUESTER_CARDS, SEARCHED, SENT, TOLD } from "./expected";
import { bare, type Card, cardsOf, copyIn, createLaterWorld, OLD_CARD, PAYLOADS, postsOf, rows } from "./fixture";
import { redrawn, sendAgain, senderOf } from "./send";

/*
 * A bot of this version starts on the database that a bot of version 0.1.0 left behind, and gets what was clicked in
 * messages and forms of that version. Only what people, Slack and Tigris see counts here.
 */

const MINUTE = 60_000;

let world: World;

/** The channels in which answers appear; the DM is the one without a name. */
const PLACES = [undefined, GENERAL, APPROVALS];

const textsOf = (person: Person) =>
  PLACES.flatMap((place) => person.screen(place)).map(({ ts, text }) => ({ id: `${ts} ${text}`, text }));

/** What is in the modal before somebody: its text, and each field with its value. */
function modalText(person: Person): string {
  const modal = person.modal();
  if (!modal) return "";
  return [modal.text, ...Object.entries(modal.fields).map(([label, { value }]) => `${label}: ${value}`)].join("\n");
}

function readerOf({ channelId }: Pick<Card, "channelId">): Person {
  return channelId === APPROVALS ? world.ann : world.slack.person(`U${channelId.slice(1)}`);
}

function shownAt(place: Pick<Card, "channelId" | "ts">) {
  return readerOf(place)
    .screen(place.channelId)
    .find(({ ts }) => ts === place.ts);
}

/** What stands for a card by now: where it rang, the message below it. */
function standingFor(card: Card) {
  const old = shownAt(card);
  if (!old?.text.includes("see its card below")) return old;
  const isCard = (text: string) => text.includes(card.keyName) && text.includes(" · ref ");
  return readerOf(card)
    .screen(card.channelId)
    .findLast(({ text, isEphemeral }) => !isEphemeral && isCard(text));
}

/** The state of a request or a key, by the name that was asked for. */
function stateOf(kind: string, keyName: string): string | undefined {
  const from = kind === "key" ? "keys join requests on requests.id = keys.request_id" : "requests";
  const table = kind === "key" ? "keys" : "requests";
  const found = rows<{ state: string }>(
    world.databaseFile,
    `select ${table}.state as state from ${from} where json_extract(asked_json, '$.keyName') = '${keyName}'`,
  );
  return found[0]?.state;
}

const changing = () => world.tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete)/.test(action));

describe("ten minutes after a bot of version 0.1.0", () => {
  let cards: Card[];
  let copy: Pick<Card, "channelId" | "ts">;

  beforeAll(async () => {
    world = await createLaterWorld("0.1.0", 10 * MINUTE, (file) => {
      cards = cardsOf(file);
      copy = copyIn(file);
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

  test.each(TOLD)("%s reads in the %s: %s", async (reader, channel, text) => {
    const person = world[reader];
    const on = () => person.screen(channel === "DM" ? undefined : APPROVALS);
    const told = () => on().filter((one) => one.text.includes(text) && bare(one.notification).includes(bare(text)));
    await person.until(text, () => told().length + postsOf(world, text) > 0);
    expect(Math.max(told().length, postsOf(world, text))).toBe(1);
  });

  test("the note about a new secret stands under its card", () => {
    const note = world.ann.screen(APPROVALS).find(({ text }) => text.includes("had a new secret made"));
    expect(note?.threadTs).toBe(cardOf("approvals", "admin-saved").ts);
  });

  test.each(OWED)("the card of %s that was owed is drawn where it stood", async (keyName) => {
    const card = cardOf("requester", keyName);
    await readerOf(card).until("the card", () => shownAt(card)?.text.includes(keyName));
  });

  test("the copy that was owed is drawn, and no card stands there twice", async () => {
    await world.dana.until("the copy", () => shownAt(copy)?.text === "approved-by-policy · see its card below");
    expect(shownAt(cardOf("requester", "saved-readonly"))?.text).toBe(OLD_CARD);
    const posted = world.slack.calls.filter(({ method, params }) => method === "chat.postMessage" && params.channel);
    const isReminder = ({ params }: (typeof posted)[number]) =>
      String(params.text).includes("still waits for one of you");
    expect(posted.filter((call) => !isReminder(call))).toHaveLength(TOLD.length);
    // Of what was waiting for longer than two hours by then.
    expect(posted.filter(isReminder)).toHaveLength(4);
  });

  test("Tigris is asked to delete what somebody asked to delete, and nothing else", async () => {
    await world.dana.until("the last deletion", () => shownAt(cardOf("requester", "deleting-for-long"))?.text);
    const asked = changing().map(({ action, params }) => `${action} ${params.AccessKeyId}`);
    expect(asked.sort()).toEqual(DELETED.map((id) => `DeleteAccessKey ${id}`).sort());
    const left = world.tigris.keys().map(({ accessKeyId }) => accessKeyId);
    expect(left.filter((id) => DELETED.includes(id))).toEqual([]);
  });

  test.each([
    ...REQUESTER_CARDS.map((card) => ["requester", ...card] as const),
    ...APPROVALS_CARDS.map((card) => ["approvals", ...card] as const),
  ])("the %s card of %s, clicked, reads: %s", async (kind, keyName, text, buttons) => {
    const card = cardOf(kind, keyName);
    await redrawn(world, card);
    await readerOf(card).until(text, () => standingFor(card)?.text.includes(text));
    expect(standingFor(card)?.buttons.map(({ label }) => label)).toEqual(buttons);
  });

  test.each(SEARCHED)("%s offers %j", async (payload, offered) => {
    const taken = await sendAgain(world, payload);
    const { options } = taken.kind === "acked" ? (taken.body as { options: { value: string }[] }) : { options: [] };
    expect(options.map(({ value }) => value)).toEqual(offered);
    await world.slack.person(senderOf(payload)).close();
  });

  test.each(SENT)("%s: its sender reads: %s", async (payload, reads, holds) => {
    const person = world.slack.person(senderOf(payload));
    const before = new Set(textsOf(person).map(({ id }) => id));
    expect((await sendAgain(world, payload)).kind).toBe("acked");
    await person.until(
      reads,
      () =>
        modalText(person).includes(reads) ||
        textsOf(person).some(({ id, text }) => !before.has(id) && text.includes(reads)),
    );
    if (person.modal()) await person.close();
    const [kind, keyName, state] = holds?.split(" ") ?? [];
    if (kind && keyName) await until(`${kind} ${keyName} to be ${state}`, () => stateOf(kind, keyName) === state);
  });

  test("each payload was sent", () => {
    expect([...SENT, ...SEARCHED].map(([payload]) => payload).sort()).toEqual(Object.keys(PAYLOADS).sort());
  });

  test("the secrets that appeared work", async () => {
    const { dana, tigris } = world;
    const shown = secretMessages(dana).map(({ code: [accessKeyId = "", secret = ""] }) => ({ accessKeyId, secret }));
    expect(shown).toHaveLength(2);
    for (const { accessKeyId, secret } of shown) expect((await tigris.use(accessKeyId, secret)).ok).toBe(true);
    await dana.press(SWITCH_ON, {
      in: dana.dm(),
      message: ({ isEphemeral, text }) => isEphemeral && text.includes("to-reveal"),
    });
    await until("to-reveal to be on", () => stateOf("key", "to-reveal") === "live");
    const mays = await Promise.all(
      shown.map(async ({ accessKeyId, secret }) => (await tigris.use(accessKeyId, secret)).may),
    );
    for (const may of mays) expect(may.length).toBeGreaterThan(1);
  });
});

describe("a minute later, when what was given up is looked for", () => {
  beforeAll(async () => {
    world = await createLaterWorld("0.1.0", 10 * MINUTE);
    const isGivenUp = () =>
      ["making-calling", "making-delivering"].every((name) => stateOf("request", name) === "approved");
    await until("the attempts to be given up", isGivenUp);
  });
  afterAll(() => world.stop());

  test.each(LEFT)("%s, which has power, is left to people", async (id) => {
    const { ann, clock, tigris } = world;
    const about = () =>
      ann
        .screen(APPROVALS)
        .filter(({ text }) => text.includes(`(${id}) in the Tigris Dashboard. By my record it works nowhere`));
    // Each step is shorter than a lease: none runs out under who works.
    await passUntil("the alert", () => about().length > 0, { clock, stepMs: MINUTE / 6 });
    expect(tigris.keys().some(({ accessKeyId }) => accessKeyId === id)).toBe(true);
  });
});
