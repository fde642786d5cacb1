import fc, { type Arbitrary } from "fast-check";
import { type Attempt, isClosed, type Work } from "../../../src/domain/attempt";
import type { CallDefinition, Held, Interrupted } from "../../../src/workflow/calls/call";
import { createKey } from "../../../src/workflow/calls/create-key";
import { deleteKey } from "../../../src/workflow/calls/delete-key";
import { deliverKey } from "../../../src/workflow/calls/deliver-key";
import { deliverNewSecret } from "../../../src/workflow/calls/deliver-new-secret";
import { listMade } from "../../../src/workflow/calls/list-made";
import { lookAtSwitch } from "../../../src/workflow/calls/look-at-switch";
import { lookBeforeDrop } from "../../../src/workflow/calls/look-before-drop";
import { narrowAccess, watchAccess } from "../../../src/workflow/calls/narrow-access";
import { lookAtPause, revokeRoles, setInactive, watchPause } from "../../../src/workflow/calls/pause";
import { giveRoles, lookAtResume, setActive } from "../../../src/workflow/calls/resume";
import { rotateKey } from "../../../src/workflow/calls/rotate-key";
import { search } from "../../../src/workflow/calls/search";
import { switchOn } from "../../../src/workflow/calls/switch-on";
import { lookAtWidening, widenAccess } from "../../../src/workflow/calls/widen-access";
import type { Step } from "../../../src/workflow/step";
import { changing, deleting, listingMade, NOW, pausing, resuming, SETTINGS, switching } from "../samples";
import {
  gone,
  granting,
  isGrantOpen,
  isPauseOpen,
  list,
  look,
  lost,
  made,
  posting,
  read,
  refused,
  searched,
  signedWith,
  taking,
} from "./every-answer";
import { about, whileCreating, whileDelivering, whileRotating } from "./every-held";
import { anyKey, anyRequest, changingKey, found, held, ownRequest, unsettled } from "./every-record";

/** One decision on an answer: what was held, what came, and what the call makes of it. */
export type Decided = { held: Held; answer: { kind: string }; step: Step };

/** A kind of call, whatever its types: at which phase it is made, and decisions of it, in time and too late. */
export type AnyCall = {
  name: string;
  at: `${Work["kind"]} ${string}`;
  power: "gives" | "takes" | "reads";
  after: Arbitrary<Decided>;
  late: Arbitrary<Decided>;
};

function anyCall<Of extends Work, Answer extends { kind: string }, Facts>(
  call: CallDefinition<Of, Answer, Facts>,
  {
    held,
    answer,
    facts,
    ...is
  }: Pick<AnyCall, "name" | "at"> & {
    held: Arbitrary<Held<Of>>;
    answer: Arbitrary<Answer>;
    facts: Arbitrary<Facts>;
  },
): AnyCall {
  const answers: Arbitrary<Answer | Interrupted> = fc.oneof(answer, fc.constant({ kind: "interrupted" } as const));
  return {
    ...is,
    power: call.power,
    after: fc.tuple(held, answers, facts).map(([given, came, known]) => ({
      held: given,
      answer: came,
      step: call.after(given, came, { at: NOW, facts: known, settings: SETTINGS }),
    })),
    late: fc.tuple(held, found, answers, facts).map(([given, there, came, known]) => ({
      held: { ...there, attempt: given.attempt },
      answer: came,
      step: call.late({ ...there, attempt: { ...given.attempt, lease: { holder: "bot/2", until: NOW } } }, came, {
        at: NOW,
        facts: known,
      }),
    })),
  };
}

const nothing = fc.constant(undefined);

export const CALLS: AnyCall[] = [
  anyCall(createKey, {
    name: "create-key",
    at: "create calling",
    held: whileCreating("calling", ownRequest, null),
    answer: fc.oneof(fc.constant({ kind: "made", accessKeyId: "tid_new" } as const), refused, lost),
    facts: held.map((holds) => ({ holds })),
  }),
  anyCall(deliverKey, {
    name: "deliver-key",
    at: "create delivering",
    held: whileDelivering,
    answer: posting,
    facts: nothing,
  }),
  anyCall(search, {
    name: "search",
    at: "create searching",
    held: whileCreating("searching", anyRequest, null),
    answer: list,
    facts: searched,
  }),
  anyCall(switchOn, {
    name: "switch-on",
    at: "switch_on calling",
    held: about((changes) => switching("calling", changes), unsettled),
    answer: granting,
    facts: isPauseOpen,
  }),
  anyCall(lookAtSwitch, {
    name: "look-at-switch",
    at: "switch_on looking",
    held: about((changes) => switching("looking", changes), unsettled),
    answer: read,
    facts: isPauseOpen,
  }),
  anyCall(setInactive, {
    name: "set-inactive",
    at: "pause calling",
    held: about((changes) => pausing("calling", changes), anyKey),
    answer: taking.map((of) => ({ kind: of })),
    facts: nothing,
  }),
  anyCall(lookAtPause, {
    name: "look-at-pause",
    at: "pause looking",
    held: about((changes) => pausing("looking", changes), anyKey),
    answer: read,
    facts: isGrantOpen,
  }),
  anyCall(revokeRoles, {
    name: "revoke-roles",
    at: "pause revoking",
    held: about((changes) => pausing("revoking", changes), anyKey),
    answer: taking.map((of) => ({ kind: of })),
    facts: isGrantOpen,
  }),
  anyCall(watchPause, {
    name: "watch-pause",
    at: "pause watching",
    held: about((changes) => pausing("watching", changes), anyKey),
    answer: read,
    facts: isPauseOpen,
  }),
  anyCall(giveRoles, {
    name: "give-roles",
    at: "resume giving",
    held: about((changes) => resuming("giving", changes), anyKey),
    answer: granting,
    facts: isPauseOpen,
  }),
  anyCall(setActive, {
    name: "set-active",
    at: "resume calling",
    held: about((changes) => resuming("calling", changes), anyKey),
    answer: granting,
    facts: isPauseOpen,
  }),
  anyCall(lookAtResume, {
    name: "look-at-resume",
    at: "resume looking",
    held: about((changes) => resuming("looking", changes), anyKey),
    answer: read,
    facts: isPauseOpen,
  }),
  anyCall(narrowAccess, {
    name: "narrow-access",
    at: "change_access taking",
    held: about((changes) => changing("taking", changes), changingKey),
    answer: fc.oneof(granting, fc.constant({ kind: "not_asked" } as const)),
    facts: fc.record({ isRoleCallOpen: fc.boolean() }),
  }),
  anyCall(watchAccess, {
    name: "watch-access",
    at: "change_access watching",
    held: about((changes) => changing("watching", changes), changingKey),
    answer: read,
    facts: nothing,
  }),
  anyCall(widenAccess, {
    name: "widen-access",
    at: "change_access giving",
    held: about((changes) => changing("giving", changes), changingKey),
    answer: granting,
    facts: isPauseOpen,
  }),
  anyCall(lookAtWidening, {
    name: "look-at-widening",
    at: "change_access looking",
    held: about((changes) => changing("looking", changes), changingKey),
    answer: read,
    facts: isPauseOpen,
  }),
  anyCall(listMade, {
    name: "list-made",
    at: "list_made looking",
    held: about((changes) => listingMade("looking", changes), anyKey),
    answer: made,
    facts: fc.subarray(["tid_a", "tid_one"]).map((ids) => ({ told: new Set(ids) })),
  }),
  anyCall(rotateKey, {
    name: "rotate-key",
    at: "rotate calling",
    held: whileRotating("calling"),
    answer: fc.oneof(fc.constant({ kind: "rotated" } as const), gone, refused, lost),
    facts: nothing,
  }),
  anyCall(deliverNewSecret, {
    name: "deliver-new-secret",
    at: "rotate delivering",
    held: whileRotating("delivering"),
    answer: posting,
    facts: fc.record({ notes: fc.integer({ min: 0, max: 5 }) }),
  }),
  anyCall(lookBeforeDrop, {
    name: "look-before-drop",
    at: "delete looking",
    held: about((changes) => deleting("looking", changes), anyKey),
    answer: look,
    facts: signedWith,
  }),
  anyCall(deleteKey, {
    name: "delete-key",
    at: "delete calling",
    held: about((changes) => deleting("calling", changes), anyKey),
    answer: fc.record({ kind: fc.constantFrom("deleted", "gone", "refused", "lost"), isGone: fc.boolean() }),
    facts: nothing,
  }),
];

/** The call that an attempt makes next, or null once it is closed. */
export function nextCall({ work }: Attempt): AnyCall | null {
  if (isClosed(work)) return null;
  const next = CALLS.find(({ at }) => at === `${work.kind} ${work.phase}`);
  if (!next) throw new Error(`no call for ${work.kind} ${work.phase}`);
  return next;
}
