import type {
  ChangeAccessWork,
  ChangePhase,
  CreatePhase,
  CreateWork,
  DeletePhase,
  DeleteWork,
  ListMadeWork,
  PausePhase,
  PauseWork,
  ResumePhase,
  ResumeWork,
  RotatePhase,
  RotateWork,
  SwitchPhase,
  SwitchWork,
  Work,
} from "../../domain/attempt";
import type { Outcome } from "../outcome";
import { type Call, type CallPorts, callable, type Hand, type Held, type Turn } from "./call";
import { createKey } from "./create-key";
import { deleteKey } from "./delete-key";
import { deliverKey } from "./deliver-key";
import { deliverNewSecret } from "./deliver-new-secret";
import { listMade } from "./list-made";
import { lookAtSwitch } from "./look-at-switch";
import { lookBeforeDrop } from "./look-before-drop";
import { narrowAccess, watchAccess } from "./narrow-access";
import { lookAtPause, revokeRoles, setInactive, watchPause } from "./pause";
import { giveRoles, lookAtResume, setActive } from "./resume";
import { rotateKey } from "./rotate-key";
import { search } from "./search";
import { switchOn } from "./switch-on";
import { lookAtWidening, widenAccess } from "./widen-access";

export type { CallPorts, Held } from "./call";

/** The call that an attempt is at, by its kind and phase; null once it is closed. A new call is one entry here. */
const CREATE: { [Phase in CreatePhase]: Call<CreateWork> | null } = {
  calling: callable(createKey),
  delivering: callable(deliverKey),
  searching: callable(search),
  posted: null,
  unclear: null,
  undelivered: null,
  found: null,
  discarded: null,
  not_found: null,
  refused: null,
  ambiguous: null,
};
const ROTATE: { [Phase in RotatePhase]: Call<RotateWork> | null } = {
  calling: callable(rotateKey),
  delivering: callable(deliverNewSecret),
  posted: null,
  secret_unknown: null,
  refused: null,
  gone: null,
  overtaken: null,
};
const DELETE: { [Phase in DeletePhase]: Call<DeleteWork> | null } = {
  looking: callable(lookBeforeDrop),
  calling: callable(deleteKey),
  deleted: null,
  raised: null,
};
const SWITCH_ON: { [Phase in SwitchPhase]: Call<SwitchWork> | null } = {
  calling: callable(switchOn),
  looking: callable(lookAtSwitch),
  on: null,
  refused: null,
  unanswered: null,
  overtaken: null,
};

const PAUSE: { [Phase in PausePhase]: Call<PauseWork> | null } = {
  calling: callable(setInactive),
  looking: callable(lookAtPause),
  revoking: callable(revokeRoles),
  watching: callable(watchPause),
  paused: null,
  overtaken: null,
};
const RESUME: { [Phase in ResumePhase]: Call<ResumeWork> | null } = {
  giving: callable(giveRoles),
  calling: callable(setActive),
  looking: callable(lookAtResume),
  resumed: null,
  refused: null,
  unanswered: null,
  overtaken: null,
};

const CHANGE_ACCESS: { [Phase in ChangePhase]: Call<ChangeAccessWork> | null } = {
  taking: callable(narrowAccess),
  watching: callable(watchAccess),
  giving: callable(widenAccess),
  looking: callable(lookAtWidening),
  narrowed: null,
  widened: null,
  refused: null,
  unanswered: null,
  overtaken: null,
};

const LIST_MADE: { [Phase in ListMadeWork["phase"]]: Call<ListMadeWork> | null } = {
  looking: callable(listMade),
  listed: null,
};

/** An attempt whose lease was just taken, and until when it holds (`Changed`). */
type Taken = { held: Held; heldUntilMs: number };

/** Carries out what a click has begun. @returns what the person who clicked reads */
export async function carryOut(ports: CallPorts, taken: Taken): Promise<Outcome> {
  const said = await goOn(ports, taken, false);
  if (said === null) throw new Error("an attempt that says nothing");
  return said;
}

/** Goes on after a crash: the call that the attempt is at may have been made by somebody else already. */
export async function recoverFrom(ports: CallPorts, taken: Taken): Promise<void> {
  await goOn(ports, taken, true);
}

/** Call after call, until the attempt is closed, put off, or somebody else's. @returns what was said first */
async function goOn(ports: CallPorts, taken: Taken, isRecovery: boolean): Promise<Outcome | null> {
  let said: Outcome | null = null;
  let hand: Hand | null = { ...taken, secret: null };
  for (let isFirst = true; hand !== null; isFirst = false) {
    const turn: Turn | null = await take(ports, hand, isRecovery && isFirst);
    said ??= turn?.say ?? null;
    hand = turn?.next ?? null;
  }
  return said;
}

async function take(ports: CallPorts, hand: Hand, isRecovery: boolean): Promise<Turn | null> {
  const { work } = hand.held.attempt;
  switch (work.kind) {
    case "create":
      return CREATE[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "rotate":
      return ROTATE[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "delete":
      return DELETE[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "switch_on":
      return SWITCH_ON[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "pause":
      return PAUSE[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "list_made":
      return LIST_MADE[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "change_access":
      return CHANGE_ACCESS[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
    case "resume":
      return RESUME[work.phase]?.(ports, handOf(hand, work), isRecovery) ?? null;
  }
}

function handOf<Of extends Work>({ held, ...hand }: Hand, work: Of): Hand<Of> {
  return { ...hand, held: { ...held, attempt: { ...held.attempt, work } } };
}
