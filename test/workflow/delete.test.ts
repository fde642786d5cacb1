import { LEASE_MS } from "../../src/domain/limits";
import type { RefusalCode } from "../../src/domain/refusal";
import { decideDeletion } from "../../src/workflow/delete";
import { SECRETS } from "../domain/samples";
import { KEYS } from "./keys";
import { IN_TIME, recorded } from "./samples";

const CLICK = { names: { id: "attempt-9", leaseHolder: "bot/9" }, actorId: "UBOB", ids: ["UBOB"], at: IN_TIME };

test.each<[keyof typeof KEYS, "deleting" | RefusalCode, about: object]>([
  ["live", "deleting", {}],
  ["secret_unknown", "deleting", {}],
  ["rotating", "deleting", {}],
  ["deletion_held", "deleting", {}],
  ["deleting", "key_deleting", { keyName: "deploy", byId: "UANN" }],
  ["deleted", "already_deleted", { keyName: "deploy", byId: "UANN", at: 3_000 }],
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
    key: { kind: "moves", to: { kind: "deleting", byId: "UBOB", at: IN_TIME }, event: "key.deletion_started" },
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
