import type { OutboxMessage, Ring } from "../../src/workflow/outbox-message";
import { emptyStore, type Filled, newRequest } from "./filled";

/** A card that rings is posted once for each ring, however often it is to be drawn meanwhile. */

const CARD = { kind: "requester_card", requestId: "r1" } as const;
const APPROVED: Ring = {
  code: "approved",
  about: { keyName: "deploy", approverIds: ["UANN"], kind: "key", isBack: false },
};
const LAPSED: Ring = { code: "lapsed", about: { keyName: "deploy", why: "unused" } };
const ringing = (ring: Ring) => ({ ...CARD, ring });
const [OLD, NEW] = [
  { channelId: "D1", ts: "1.1" },
  { channelId: "D1", ts: "2.2" },
];
const SHRINKS = { kind: "card_copy", card: "requester", requestId: "r1", place: OLD };

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  await filled.store.cards.set("r1", "requester", OLD);
});
afterEach(() => filled.stop());

const add = (message: OutboxMessage) => filled.store.transact((tx) => tx.outbox.add(message));
async function take(at = 1_000) {
  filled.clock.set(at);
  return filled.store.outbox.take("worker-1", 10);
}
const messages = async (at?: number) => (await take(at)).map(({ message }) => message);
const standsAt = () => filled.store.read(async (record) => (await record.requests.cards("r1")).requester);
const AFTER_THE_LEASE = 61_000;

test.each<[string, OutboxMessage[], OutboxMessage]>([
  ["a ring that joins a card that is owed is not lost", [CARD, ringing(APPROVED)], ringing(APPROVED)],
  ["a card that is drawn for another reason rings all the same", [ringing(APPROVED), CARD], ringing(APPROVED)],
  ["two rings ring once, for the newer reason", [ringing(APPROVED), ringing(LAPSED)], ringing(LAPSED)],
])("%s", async (_what, added, owed) => {
  for (const message of added) await add(message);
  expect(await messages()).toEqual([owed]);
});

test("what rang stands at its new place, the old one is to shrink, and the ring is owed no more", async () => {
  await add(ringing(APPROVED));
  const [due] = await take();
  await filled.store.cards.rang("r1", NEW, APPROVED);
  expect(await standsAt()).toEqual(NEW);
  // Whoever sent it has died since: the card is drawn again, and does not ring again.
  expect(await messages()).toEqual([SHRINKS]);
  expect(await messages(AFTER_THE_LEASE)).toEqual([CARD, SHRINKS]);
  expect(due?.message).toEqual(ringing(APPROVED));
});

test("a card that rang and is done is owed no more, unless it is to be drawn again meanwhile", async () => {
  await add(ringing(APPROVED));
  const [due] = await take();
  await add(CARD);
  await filled.store.cards.rang("r1", NEW, APPROVED);
  if (due) await filled.store.outbox.done(due);
  expect(await messages()).toEqual([CARD, SHRINKS]);
});

test("another ring that came while one was being posted rings too", async () => {
  await add(ringing(APPROVED));
  const [due] = await take();
  await add(ringing(LAPSED));
  await filled.store.cards.rang("r1", NEW, APPROVED);
  if (due) await filled.store.outbox.done(due);
  expect(await messages()).toContainEqual(ringing(LAPSED));
});

test("whoever lost the lease has the card drawn once more, without a ring", async () => {
  await add(ringing(APPROVED));
  const [late] = await take();
  const [due] = await take(AFTER_THE_LEASE);
  await filled.store.cards.rang("r1", NEW, APPROVED);
  if (due) await filled.store.outbox.done(due);
  if (late) await filled.store.outbox.done({ ...late, holder: "worker-0" });
  expect(await messages(2 * AFTER_THE_LEASE)).toEqual(expect.arrayContaining([CARD, SHRINKS]));
});

test("a card that stood nowhere yet leaves nothing to shrink", async () => {
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r2")));
  await filled.store.cards.rang("r2", NEW, APPROVED);
  expect(await messages()).toEqual([]);
});
