import type { AccessChange } from "../../src/domain/access-change";
import type { Hold, Key, KeyKind, Pause } from "../../src/domain/key";
import type { Access } from "../../src/domain/permission";
import { keyIn } from "../domain/samples";

/** A key in each of its states, made long before `NOW`. */
export const KEYS: { [Kind in KeyKind]: Key } = {
  off: keyIn({ kind: "off", shownAt: 2_500 }),
  switching_on: keyIn({ kind: "switching_on", at: 3_000, until: 10_000, shownAt: 2_500, isUnanswered: false }),
  live: keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } }),
  rotating: keyIn({ kind: "rotating", before: { kind: "live", secret: { kind: "confirmed", at: 3_000 } } }),
  secret_unknown: keyIn({ kind: "secret_unknown", at: 3_000, cover: null }),
  deleting: keyIn({ kind: "deleting", byId: "UANN", why: "asked", at: 3_000 }),
  deleted: keyIn({ kind: "deleted", byId: "UANN", why: "asked", at: 3_000 }),
};

/** A key that goes by itself: it was never on. */
export const DROPPED = keyIn({ kind: "deleting", byId: null, why: "never_on", at: 3_000 });

export const BY_OWNER: Hold = { kind: "owner", byId: "UDEV", at: 4_000 };
export const BY_APPROVER: Hold = { kind: "approver", byId: "UANN", at: 4_000 };
export const BY_BOT: Hold = { kind: "bot", byId: "bot", at: 4_000 };
/** The time of a key is over. */
export const BY_END: Hold = { kind: "end", byId: "bot", at: 4_000 };

/** A pause in each of its stands, held by the owner where it is no resume. */
export const PAUSES: { [Stands in Pause["stands"]]: Pause } = {
  none: { holds: [BY_OWNER], stands: "none", areRolesTaken: false, unansweredAt: null },
  pausing: { holds: [BY_OWNER], stands: "pausing", areRolesTaken: false, unansweredAt: null },
  paused: { holds: [BY_OWNER], stands: "paused", areRolesTaken: false, unansweredAt: null },
  resuming: { holds: [], stands: "resuming", areRolesTaken: false, unansweredAt: null },
};

const READ_ONLY: Access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } };
const EDITOR: Access = { permission: "Editor", buckets: { kind: "named", names: ["builds", "logs"] } };

/** A change of a key's access, by the attempt of the tables or by a later one. */
export const CHANGES = {
  narrowing: { kind: "narrowing", to: READ_ONLY, attemptId: "attempt-1", at: 4_000, isBeside: false },
  doubtful: { kind: "narrowing", to: READ_ONLY, attemptId: "attempt-1", at: 4_000, isBeside: true },
  widening: {
    kind: "widening",
    from: READ_ONLY,
    to: EDITOR,
    attemptId: "attempt-1",
    at: 4_000,
    isUnanswered: false,
    endBefore: null,
  },
  unanswered: {
    kind: "widening",
    from: READ_ONLY,
    to: EDITOR,
    attemptId: "attempt-1",
    at: 4_000,
    isUnanswered: true,
    endBefore: null,
  },
  later: { kind: "narrowing", to: READ_ONLY, attemptId: "attempt-2", at: 4_000, isBeside: true },
} as const satisfies Record<string, AccessChange>;

/** The same key with a pause of its own. */
export function pausedBy<Of extends Key>(key: Of, changes: Partial<Pause>): Of {
  return { ...key, pause: { ...key.pause, ...changes } };
}
