import type { Fault } from "../../../sandbox/faults";
import { answers, card, type ShownSecret, secretMessages } from "../../e2e/play";
import { until } from "../../kit/until";
import type { World } from "../../kit/world";
import { opens } from "../crashes/interrupted";
import { PATIENT } from "../kit/process";
import { pressOnCard } from "./on-card";

/** What Tigris does to a call that changes something, and what it says by that. */
export type Case = {
  name: string;
  fault: Fault;
  /** The code of a refusal: nothing has happened. Null where nobody can say. */
  refusal: string | null;
  /** Whether the call has taken effect when its answer is lost. */
  hasEffect: boolean;
  /** The call takes effect only when the test lets it: long after its answer was lost. */
  isLate: boolean;
};

function unclear(name: string, fault: Fault, more: Partial<Case> = {}): Case {
  return { name, fault, refusal: null, hasEffect: false, isLate: false, ...more };
}

function refused(status: number, code: string, refusal: string): Case {
  const fault: Fault = { kind: "refuse", status, body: { Code: code } };
  return { name: `gets a ${status}`, fault, refusal, hasEffect: false, isLate: false };
}

export const CASES: Case[] = [
  unclear("is cut off before its effect", { kind: "lose", when: "before" }),
  unclear("is cut off after its effect", { kind: "lose", when: "after" }, { hasEffect: true }),
  unclear("gets a 500 after its effect", { kind: "garble", when: "after", status: 500, body: "" }, { hasEffect: true }),
  unclear("gets a 503", { kind: "refuse", status: 503, body: { Code: "SlowDown" } }),
  refused(429, "SlowDown", "Throttled"),
  refused(403, "AccessDenied", "AccessDenied"),
  refused(400, "InvalidArgument", "InvalidArgument"),
  unclear("gets broken JSON", { kind: "garble", when: "after", body: '{"status":"succ' }, { hasEffect: true }),
  unclear("takes effect a minute too late", { kind: "hold", when: "before" }, { isLate: true }),
];

export const CREATE = "CreateAccessKeyWithBucketsRole";
export const SET_ROLES = "UpdateAccessKeyWithBucketsRole";
export const SET_STATUS = "UpdateAccessKey";
export const ROTATE = "RotateAccessKey";
export const DELETE = "DeleteAccessKey";
export const LIST = "ListAccessKeys";

/** Of lists of all keys: searches for a lost one, and for what a key has made. */
export const ofAllKeys = (params: Record<string, unknown>) => params.KeyId === undefined;

/** Long enough for calls that a busy machine makes, in milliseconds; a call that is held is given up after it. */
export const TIMEOUTS = { tigrisTimeouts: { mutateMs: 1_000, readMs: 1_000 } };

/** What tests of Tigris's faults look at, and do; the key is Dana's `ci`. */
export function playOf(world: () => World) {
  return {
    calls: (name: string, match: (params: Record<string, unknown>) => boolean = () => true) =>
      world().tigris.calls.filter(({ action, params }) => action === name && match(params)).length,
    live: () =>
      world()
        .tigris.keys()
        .filter(({ name }) => name.startsWith("ci-")),
    says: (text: string) => () => answers(world().dana).some((answer) => answer.includes(text)),
    cardSays: (text: string) => () => card(world().dana, "ci")?.text.includes(text) ?? false,
    /** Whether a pair opens a bucket. */
    works: async (shown: ShownSecret) => (await opens(world(), shown)).length > 0,
    press: (label: string) => pressOnCard(world(), label),
    /** Presses a button below the newest secret. */
    pressBelow: (label: string) => {
      const { dana } = world();
      return dana.press(label, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
    },
    pass: (what: string, isOver: () => boolean | undefined) => passOn(world(), what, isOver),
    /** Lets so many minutes pass, with all that is due in them. */
    passMinutes: (minutes: number) => {
      const { clock } = world();
      const endAt = clock.now() + minutes * 60_000;
      return passOn(world(), "the time", () => clock.now() >= endAt, endAt);
    },
  };
}

/** The worker's round: what is due is taken up within it. */
const ROUND_MS = 2_000;

type Open = { nextAt: number; leaseUntil: number };

/** Lets the time pass from one thing that is due to the next; as long as somebody works on one, it stands still. */
async function passOn(world: World, what: string, isOver: () => boolean | undefined, endAt = Infinity): Promise<void> {
  const { clock, database } = world;
  const look = async () => {
    const open = await database.rows<Open>(
      `select next_at as "nextAt", lease_until as "leaseUntil" from attempts where closed = 0`,
    );
    const owed = await database.rows<Open>(`select next_at as "nextAt", lease_until as "leaseUntil" from outbox`);
    const isSending = owed.some(({ nextAt }) => nextAt <= clock.now());
    const isBusy = isSending || [...open, ...owed].some(({ leaseUntil }) => leaseUntil > 0);
    const isDue = open.some(({ nextAt }) => nextAt <= clock.now());
    if (!isBusy && (!isDue || endAt === Infinity) && isOver()) return true;
    if (isBusy) return false;
    const next = isDue ? clock.now() + ROUND_MS : Math.min(endAt, ...[...open, ...owed].map(({ nextAt }) => nextAt));
    clock.advance(Number.isFinite(next) ? Math.max(next - clock.now(), 0) : ROUND_MS);
    return false;
  };
  await until(what, look, { ...PATIENT, pauseMs: 20 });
}
