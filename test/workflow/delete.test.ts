import { LEASE_MS } from "../../src/domain/limits";
import type { RefusalCode } from "../../src/domain/refusal";
import { decideDeletion, decidePauseInstead } from "../../src/workflow/delete";
import { BY_ANN, REQUESTS, SECRETS } from "../domain/samples";
import { KEYS, pausedBy } from "./keys";
import { IN_TIME, recorded } from "./samples";

const CLICK = { names: { id: "attempt-9", leaseHolder: "bot/9" }, actorId: "UBOB", at: IN_TIME };

test.each<[keyof typeof KEYS, "deleting" | RefusalCode, about: object]>([
  ["live", "deleting", {}],
  ["secret_unknown", "deleting", {}],
  ["rotating", "deleting", {}],
  ["off", "deleting", {}],
  ["switching_on", "deleting", {}],
  ["deleting", "key_deleting", { keyName: "deploy", byId: "UANN", why: "asked" }],
  ["deleted", "already_deleted", { keyName: "deploy", byId: "UANN", why: "asked", at: 3_000 }],
])("Delete on a key that is %s: %s", (kind, ends, about) => {
  const decided = decideDeletion(recorded({ key: KEYS[kind] }), CLICK);
  if (ends === "deleting") expect(decided).toMatchObject({ kind: "step", key: { to: { kind: "deleting" } } });
  else expect(decided).toEqual({ kind: "refused", code: ends, about });
});

test("the key changes together with the intent, and remembers who wanted it gone", () => {
  expect(decideDeletion(recorded({ key: KEYS.live }), CLICK)).toEqual({
    kind: "step",
    asking: null,
    actorId: "UBOB",
    key: {
      kind: "moves",
      to: { kind: "deleting", byId: "UBOB", why: "asked", at: IN_TIME },
      event: "key.deletion_started",
    },
    attempt: {
      to: {
        id: "attempt-9",
        requestId: "request-1",
        accessKeyId: "tid_one",
        actorId: "UBOB",
        startedAt: IN_TIME,
        lease: { holder: "bot/9", until: IN_TIME + LEASE_MS },
        nextAt: IN_TIME,
        tries: 0,
        alerted: false,
        work: { kind: "delete", phase: "calling" },
      },
    },
  });
});

test("a key that the bot does not know is not deleted", () => {
  expect(decideDeletion(recorded({}), CLICK)).toMatchObject({ kind: "refused", code: "unknown_key" });
});

test.each(["pending", "approved", "making"] as const)(
  "a deletion ends the request for a new secret that is %s, in the same change",
  (kind) => {
    const asking = SECRETS[kind];
    const step = decideDeletion({ ...recorded({ key: KEYS.live }), asking }, CLICK);
    expect(step).toMatchObject({ asking: { to: { kind: "lapsed", why: "key_gone", at: IN_TIME } } });
  },
);

test("a deletion ends the request that owns the key, which is off", () => {
  const step = decideDeletion(recorded({ request: REQUESTS.delivered, key: KEYS.off }), CLICK);
  expect(step).toMatchObject({
    key: { to: { kind: "deleting", byId: "UBOB" } },
    request: { to: { kind: "lapsed", why: "key_gone", approval: BY_ANN, at: IN_TIME } },
    attempt: { to: { work: { kind: "delete", phase: "calling" } } },
  });
});

test.each([
  ["that made another key", { ...REQUESTS.delivered, state: { ...REQUESTS.delivered.state, accessKeyId: "tid_two" } }],
  ["that is used up", REQUESTS.made],
])("a request %s is left alone by it", (_what, request) => {
  const key = { ...KEYS.off, state: KEYS.off.state };
  expect(decideDeletion(recorded({ request, key }), CLICK)).not.toHaveProperty("request");
});

describe("above the limit of the hour", () => {
  const MANY = { ...CLICK, isPauseOpen: false, max: 20 };
  const say = { kind: "refused", code: "deletion_paused", about: { keyName: "deploy", max: 20 } };

  test("a deletion takes effect as a pause, which says so", () => {
    const step = decidePauseInstead(recorded({ key: KEYS.live }), MANY);
    expect(step).toMatchObject({
      key: {
        to: KEYS.live.state,
        pause: { holds: [{ kind: "approver", byId: "UBOB", at: IN_TIME }], stands: "pausing" },
      },
      attempt: { to: { work: { kind: "pause", phase: "calling" } } },
      say,
    });
  });

  test("a key that has no power is held, and nothing has to be taken", () => {
    const step = decidePauseInstead(recorded({ key: KEYS.off }), MANY);
    expect(step).toMatchObject({ key: { to: KEYS.off.state, pause: { stands: "none" } }, say });
    expect(step).not.toHaveProperty("attempt");
  });

  test("what is paused by them already, going or gone is refused as a pause is", () => {
    const paused = pausedBy(KEYS.live, { holds: [{ kind: "approver", byId: "UBOB", at: 1 }], stands: "paused" });
    expect(decidePauseInstead(recorded({ key: paused }), MANY)).toMatchObject({ code: "already_paused" });
    expect(decidePauseInstead(recorded({ key: KEYS.deleting }), MANY)).toMatchObject({ code: "key_deleting" });
    expect(decidePauseInstead(recorded({}), MANY)).toMatchObject({ code: "unknown_key" });
  });
});
