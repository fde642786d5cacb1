import type { CardKind, CardPlace } from "../../src/workflow/outbox-message";
import { redrawClicked } from "../../src/workflow/redraw";
import { emptyStore, type Filled, newRequest } from "../store/filled";
import { SETTINGS } from "./samples";

const AT = 1_500;
const DM = "D-r1";
const APPROVALS = SETTINGS.approvalsChannelId;

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore(AT);
  await filled.store.transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
    await tx.requests.insert(newRequest("r3", { needsApproval: false }));
  });
  await filled.store.cards.set("r1", "requester", { channelId: DM, ts: "1" });
  await filled.store.cards.set("r1", "approvals", { channelId: APPROVALS, ts: "2" });
  await filled.store.cards.set("r2", "approvals", { channelId: APPROVALS, ts: "3" });
});
afterEach(() => filled.stop());

async function drawn(card: CardKind, place: CardPlace, requestId = "r1") {
  const silent = () => {};
  const log = { info: silent, warn: silent, error: silent };
  await redrawClicked(
    { store: filled.store, clock: filled.clock, log, wake: silent, settings: SETTINGS },
    { card, requestId, place },
  );
  return (await filled.store.outbox.take("w", 10)).map(({ message }) => message);
}

test.each<[CardKind, CardPlace]>([
  ["requester", { channelId: DM, ts: "1" }],
  ["approvals", { channelId: APPROVALS, ts: "2" }],
])("the %s card is drawn again where it stands", async (card, place) => {
  expect(await drawn(card, place)).toEqual([{ kind: `${card}_card`, requestId: "r1" }]);
});

test.each<[CardKind, CardPlace]>([
  ["requester", { channelId: DM, ts: "9" }],
  ["approvals", { channelId: APPROVALS, ts: "9" }],
])("an outdated copy of the %s card is drawn where it was clicked", async (card, place) => {
  expect(await drawn(card, place)).toEqual([{ kind: "card_copy", card, requestId: "r1", place }]);
});

test.each<[string, CardKind, CardPlace, requestId: string]>([
  ["where another request's card stands", "approvals", { channelId: APPROVALS, ts: "3" }, "r1"],
  ["the requester's in the approvals channel", "requester", { channelId: APPROVALS, ts: "9" }, "r1"],
  ["the requester's in another one's DM", "requester", { channelId: "D-r2", ts: "9" }, "r1"],
  ["the approvers' in a DM", "approvals", { channelId: DM, ts: "9" }, "r1"],
  ["the approvers' of what nobody had to approve", "approvals", { channelId: APPROVALS, ts: "9" }, "r3"],
  ["of no request", "requester", { channelId: DM, ts: "9" }, "r9"],
])("no card is drawn: %s", async (_what, card, place, requestId) => {
  expect(await drawn(card, place, requestId)).toEqual([]);
});
