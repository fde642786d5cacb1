import type { Key, KeyKind } from "../../src/domain/key";
import { keyIn } from "../domain/samples";

/** A key in each of its states, made long before `NOW`. */
export const KEYS: { [Kind in KeyKind]: Key } = {
  live: keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } }),
  rotating: keyIn({ kind: "rotating", before: { kind: "live", secret: { kind: "confirmed", at: 3_000 } } }),
  secret_unknown: keyIn({ kind: "secret_unknown", at: 3_000, cover: null }),
  deletion_held: keyIn({
    kind: "deletion_held",
    before: { kind: "live", secret: { kind: "confirmed", at: 2_500 } },
    byId: "UANN",
    at: 3_000,
  }),
  deleting: keyIn({ kind: "deleting", byId: "UANN", at: 3_000 }),
  deleted: keyIn({ kind: "deleted", byId: "UANN", at: 3_000 }),
};
