import type { CreatePhase } from "../../src/domain/attempt";
import type { RefusalCode } from "../../src/domain/refusal";
import { decideConfirm } from "../../src/workflow/confirm-saved";
import type { Recorded } from "../../src/workflow/step";
import { keyIn } from "../domain/samples";
import { KEYS, PAUSES, pausedBy } from "./keys";
import { creating, deleting, IN_TIME, pausing, recorded, rotating } from "./samples";

/** The delivery that the owner has before them; the keys of `keys.ts` name it as their newest. */
const DELIVERY = "delivery-1";
const confirm = (record: Partial<Recorded>, userId = "UDEV") =>
  decideConfirm(recorded(record), {
    actor: { userId, teamId: "T1", enterpriseId: null, userTeamId: null },
    deliveryId: DELIVERY,
    isOnSecret: true,
    at: IN_TIME,
  });
const posted = creating("posted", { id: DELIVERY });

test("the owner's word confirms the newest secret", () => {
  expect(confirm({ attempt: posted, key: KEYS.live })).toEqual({
    kind: "step",
    actorId: "UDEV",
    key: {
      kind: "moves",
      to: { kind: "live", secret: { kind: "confirmed", at: IN_TIME } },
      event: "key.confirmed",
    },
    say: { kind: "done", code: "confirmed", about: { keyName: "deploy" } },
  });
});

test("said twice, it changes nothing and reads the same", () => {
  const key = keyIn({ kind: "live", secret: { kind: "confirmed", at: 3_000 } });
  const say = { kind: "done", code: "confirmed", about: { keyName: "deploy" } };
  expect(confirm({ attempt: posted, key })).toEqual({ kind: "step", actorId: "UDEV", say });
});

test("of a paused key it is confirmed all the same, and says that the key stays paused", () => {
  const step = confirm({ attempt: posted, key: pausedBy(KEYS.live, PAUSES.paused) });
  expect(step).toMatchObject({
    key: { to: { secret: { kind: "confirmed" } } },
    say: { code: "confirmed_paused", about: { keyName: "deploy" } },
  });
  expect(step).not.toMatchObject({ key: { pause: expect.anything() } });
});

test.each<[string, Partial<Recorded>, RefusalCode]>([
  ["a key whose delivery is still open", { attempt: creating("delivering") }, "delivery_open"],
  [
    "a new secret whose delivery is still open",
    { attempt: rotating("delivering"), key: KEYS.rotating },
    "delivery_open",
  ],
  ["an older secret", { attempt: posted, key: { ...KEYS.live, deliveryId: "delivery-2" } }, "older_secret"],
  ["a secret that nobody knows", { attempt: rotating("secret_unknown"), key: KEYS.secret_unknown }, "secret_unknown"],
  ["a secret that is being replaced", { attempt: posted, key: KEYS.rotating }, "key_rotating"],
  ["a key that is off: that is another click", { attempt: posted, key: KEYS.off }, "key_off"],
  ["a key that is being switched on", { attempt: posted, key: KEYS.switching_on }, "key_switching_on"],
  ["what a pause delivered, which is nothing", { attempt: pausing("paused"), key: KEYS.live }, "delivery_uncertain"],
  ["a key that is being deleted", { attempt: posted, key: KEYS.deleting }, "key_deleting"],
  ["a key that is deleted", { attempt: posted, key: KEYS.deleted }, "already_deleted"],
  [
    "what a deletion delivered, which is nothing",
    { attempt: deleting("deleted"), key: KEYS.deleted },
    "delivery_uncertain",
  ],
])("nobody confirms %s", (_what, record, code) => {
  expect(confirm(record)).toMatchObject({ kind: "refused", code });
});

test.each<[CreatePhase, RefusalCode]>([
  ["calling", "delivery_open"],
  ["delivering", "delivery_open"],
  ["searching", "delivery_uncertain"],
  ["ambiguous", "delivery_uncertain"],
  ["discarded", "delivery_uncertain"],
  ["not_found", "delivery_uncertain"],
])("a secret without a recorded key, its attempt %s: %s", (phase, code) => {
  expect(confirm({ attempt: creating(phase) })).toEqual({ kind: "refused", code, about: {} });
});

test.each(Object.values(KEYS))("nobody else confirms for the owner, of a key that is $state.kind", (key) => {
  const about = { of: "delivery" };
  expect(confirm({ attempt: posted, key }, "UANN")).toEqual({ kind: "refused", code: "not_yours", about });
});

test.each<CreatePhase>(["calling", "delivering", "searching", "unclear", "undelivered", "not_found", "ambiguous"])(
  "how far a delivery got is for nobody else, of an attempt that is %s",
  (phase) => {
    expect(confirm({ attempt: creating(phase) }, "UANN")).toMatchObject({
      code: "not_yours",
      about: { of: "delivery" },
    });
  },
);

test("a delivery that the record does not know was not delivered for certain", () => {
  expect(confirm({})).toMatchObject({ kind: "refused", code: "delivery_uncertain" });
});
