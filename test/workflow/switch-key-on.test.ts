import { newAge } from "../../src/domain/key-age";
import { LEASE_MS } from "../../src/domain/limits";
import type { RefusalCode } from "../../src/domain/refusal";
import { decideSwitchOn } from "../../src/workflow/confirm-saved";
import type { Recorded } from "../../src/workflow/step";
import { BY_ANN, keyIn, REQUESTS } from "../domain/samples";
import { BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { follows } from "./rotated-keys";
import { creating, IN_TIME, LATE, pausing, recorded } from "./samples";

const DELIVERY = "delivery-1";
const CLICK = {
  actor: { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: null },
  deliveryId: DELIVERY,
  clickId: "click-9",
  isOnSecret: true,
  names: { id: "attempt-9", leaseHolder: "bot/9" },
  delivery: creating("posted", { id: DELIVERY }),
  lasts: { defaultMs: null, longestMs: null },
  first: null,
  isRepeated: false,
  at: IN_TIME,
};
type Click = typeof CLICK;
const DELIVERED = recorded({ request: REQUESTS.delivered, key: KEYS.off });
const press = (changes: Partial<Click> = {}, record: Recorded = DELIVERED) =>
  decideSwitchOn(record, { ...CLICK, ...changes });

test("the intent uses the approval up, and from then on the key may have power: all in one step", () => {
  expect(press()).toEqual({
    kind: "step",
    actorId: "UDEV",
    request: {
      kind: "moves",
      to: { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: IN_TIME },
      event: "request.used_up",
    },
    key: {
      kind: "moves",
      to: { kind: "switching_on", at: IN_TIME, until: LATE, shownAt: 2_500, isUnanswered: false },
      event: "key.switching_on",
      age: newAge(IN_TIME),
    },
    attempt: {
      clickId: "click-9",
      to: {
        id: "attempt-9",
        requestId: "request-1",
        accessKeyId: "tid_one",
        actorId: "UDEV",
        startedAt: IN_TIME,
        lease: { holder: "bot/9", until: IN_TIME + LEASE_MS },
        nextAt: IN_TIME,
        tries: 0,
        alerted: false,
        work: { kind: "switch_on", phase: "calling" },
      },
    },
  });
});

test("a key that takes the place of another one counts as rotated", () => {
  const rotation = follows(false);
  const first = { ...KEYS.live, accessKeyId: "tid_first" };
  const record = { ...DELIVERED, key: { ...KEYS.off, rotation: { ...rotation, accessKeyId: first.accessKeyId } } };
  const step = decideSwitchOn(record, { ...CLICK, first });
  expect(step).toMatchObject({ key: { age: { begunAt: IN_TIME, rotatedAt: IN_TIME } } });
});

test("the button on the card does the same, where Slack said that the secret was shown", () => {
  expect(press({ isOnSecret: false })).toEqual(press());
});

describe("where nobody knows whether the secret appeared", () => {
  const unclear = { delivery: creating("unclear", { id: DELIVERY }) };
  const record = { ...DELIVERED, key: keyIn({ kind: "off", shownAt: null }) };

  test("the button on the secret proves that it did", () => {
    expect(press(unclear, record)).toMatchObject({ key: { to: { kind: "switching_on", shownAt: null } } });
  });

  test("the button on a card proves nothing", () => {
    const about = { keyName: "deploy" };
    expect(press({ ...unclear, isOnSecret: false }, record)).toEqual({ kind: "refused", code: "not_confirmed", about });
  });
});

describe("where an earlier press got no answer", () => {
  const key = keyIn({ kind: "switching_on", at: 3_000, until: LATE, shownAt: 2_500, isUnanswered: true });
  const record = recorded({ request: REQUESTS.made, key });

  test("the same roles are set again, for no longer and with no new approval", () => {
    const step = press({}, record);
    expect(step).toMatchObject({
      key: { to: { kind: "switching_on", at: IN_TIME, until: LATE } },
      attempt: { to: { work: { kind: "switch_on", phase: "calling" } } },
    });
    expect(step).not.toHaveProperty("request");
  });

  test("once its time is over no roles are set any more: it is about to be paused", () => {
    expect(press({ at: LATE }, record)).toMatchObject({ kind: "refused", code: "switch_over" });
  });

  test("the card's button does it too", () => {
    expect(press({ isOnSecret: false }, record).kind).toBe("step");
  });
});

test.each<[string, Partial<Click>, Recorded, RefusalCode]>([
  ["an older delivery's button", {}, { ...DELIVERED, key: { ...KEYS.off, deliveryId: "delivery-2" } }, "older_secret"],
  ["the same click again", { isRepeated: true }, DELIVERED, "same_click"],
  ["a request whose time is over", { at: LATE }, DELIVERED, "lapsed"],
  ["a key that is on", {}, recorded({ request: REQUESTS.made, key: KEYS.live }), "somebody_was_faster"],
  ["a key that goes", {}, recorded({ request: REQUESTS.cancelled, key: KEYS.deleting }), "somebody_was_faster"],
  ["a key that goes, before its request says so", {}, { ...DELIVERED, key: KEYS.deleting }, "key_deleting"],
  [
    "a key that is off, of a request that ended",
    {},
    { ...DELIVERED, request: REQUESTS.withdrawn },
    "somebody_was_faster",
  ],
  [
    "a key that is off, of a request that makes another",
    {},
    { ...DELIVERED, request: REQUESTS.making },
    "somebody_was_faster",
  ],
  [
    "a key whose roles are being set right now",
    {},
    recorded({ request: REQUESTS.made, key: KEYS.switching_on }),
    "key_switching_on",
  ],
  ["a paused key", {}, { ...DELIVERED, key: pausedBy(KEYS.off, { holds: [BY_OWNER] }) }, "key_paused"],
  [
    "a key that was paused while it was being switched on",
    {},
    recorded({ request: REQUESTS.made, key: pausedBy(KEYS.switching_on, PAUSES.paused) }),
    "key_paused",
  ],
  [
    "a delivery that is still on its way",
    { delivery: creating("delivering", { id: DELIVERY }) },
    DELIVERED,
    "delivery_open",
  ],
  [
    "what is no delivery",
    { delivery: pausing("paused") as unknown as Click["delivery"] },
    DELIVERED,
    "delivery_uncertain",
  ],
  ["a key that is not there", {}, recorded({ request: REQUESTS.delivered }), "delivery_uncertain"],
  ["a request that is not there", {}, recorded({ key: KEYS.off }), "unknown_request"],
])("%s switches nothing on: %#", (_what, changes, record, code) => {
  expect(press(changes, record)).toMatchObject({ kind: "refused", code });
});

test("nobody else switches it on, whoever's key it is, nor learns how far it is", () => {
  const actor = { ...CLICK.actor, userId: "UANN" };
  const about = { of: "delivery" };
  for (const key of Object.values(KEYS))
    expect(press({ actor }, { ...DELIVERED, key })).toEqual({ kind: "refused", code: "not_yours", about });
  const theirs = creating("posted", { id: DELIVERY, actorId: "UANN" });
  expect(press({ actor, delivery: theirs })).toMatchObject({ code: "not_yours", about: { of: "key" } });
});

test("no state of a request but that in which it owns the key gives it power for the first time", () => {
  for (const request of Object.values(REQUESTS)) {
    const decided = press({}, { ...DELIVERED, request });
    expect(decided.kind === "step").toBe(request.state.kind === "delivered");
  }
});
