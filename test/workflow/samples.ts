import type {
  Attempt,
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
} from "../../src/domain/attempt";
import type { Pause } from "../../src/domain/key";
import { LEASE_MS } from "../../src/domain/limits";
import { ENDPOINT_URLS, handoutOf } from "../../src/domain/permission";
import type { Making, Request, RequestState } from "../../src/domain/request";
import type { OutboxMessage } from "../../src/workflow/outbox-message";
import type { Settings } from "../../src/workflow/ports";
import type { Recorded, Step } from "../../src/workflow/step";
import { BY_ANN, requestIn } from "../domain/samples";

/** When calls are answered; attempts began two seconds before. */
export const NOW = 100_000_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The requests and keys of `test/domain/samples` are open at this moment, and late at the next one. */
export const IN_TIME = 5_000;
export const LATE = 10_000;

export const OWN_KEY = "tid_bot";

export const SETTINGS: Settings = {
  limits: {
    maxDeletionsPerHour: 20,
    requestTtlMs: 72 * HOUR,
    revealTtlMs: 24 * HOUR,
    endGraceMs: 604_800_000,
    orphanGraceMs: 604_800_000,
    rotateAfterMs: 90 * 24 * HOUR,
  },
  keepMs: 400 * 24 * HOUR,
  approvers: { users: ["UANN", "UBOB"], groups: [] },
  approvalsChannelId: "C1",
  handout: handoutOf({ ...ENDPOINT_URLS.Default, region: "auto" }),
  ownAccessKeyId: OWN_KEY,
  leaseHolder: "bot",
};

/** What belongs together in the record; whatever is left out is not there. */
export function recorded(parts: Partial<Recorded>): Recorded {
  return { request: null, key: null, attempt: null, ...parts };
}

function attemptAt<Of extends Work>(work: Of, changes: Partial<Attempt>): Attempt<Of> {
  return {
    id: "attempt-1",
    requestId: "request-1",
    accessKeyId: "tid_one",
    actorId: "UDEV",
    startedAt: NOW - 2_000,
    lease: { holder: "bot/1", until: NOW + 58_000 },
    nextAt: NOW - 2_000,
    tries: 0,
    alerted: false,
    ...changes,
    work,
  };
}

export function creating(phase: CreatePhase, changes: Partial<Attempt> = {}): Attempt<CreateWork> {
  return attemptAt({ kind: "create", number: 1, tigrisName: "deploy-K7QM2XAB", phase }, changes);
}

export const rotating = (phase: RotatePhase, changes: Partial<Attempt> = {}): Attempt<RotateWork> =>
  attemptAt({ kind: "rotate", phase }, changes);

export const deleting = (phase: DeletePhase, changes: Partial<Attempt> = {}): Attempt<DeleteWork> =>
  attemptAt({ kind: "delete", phase }, changes);

export const switching = (phase: SwitchPhase, changes: Partial<Attempt> = {}): Attempt<SwitchWork> =>
  attemptAt({ kind: "switch_on", phase }, changes);

export const pausing = (phase: PausePhase, changes: Partial<Attempt> = {}): Attempt<PauseWork> =>
  attemptAt({ kind: "pause", phase }, changes);

export const resuming = (phase: ResumePhase, changes: Partial<Attempt> = {}): Attempt<ResumeWork> =>
  attemptAt({ kind: "resume", phase }, changes);

export const changing = (phase: ChangePhase, changes: Partial<Attempt> = {}): Attempt<ChangeAccessWork> =>
  attemptAt({ kind: "change_access", phase }, changes);

export const listingMade = (phase: ListMadeWork["phase"], changes: Partial<Attempt> = {}): Attempt<ListMadeWork> =>
  attemptAt({ kind: "list_made", phase }, changes);

/** The request that waits for the first attempt. */
export const WAITS = makingFor(1);

export function makingFor(attempts: number, changes: Partial<Making> = {}): Request<Making> {
  const state: Making = { kind: "making", approval: BY_ANN, lapsesAt: NOW + HOUR, isExtended: false, ...changes };
  return requestIn(state, { attempts });
}

/** What a step does, in words: a table of these says all of it, since what is left out has to be absent. */
export type Effects = {
  attempt?: string;
  request?: string;
  key?: string;
  pause?: string;
  newKey?: string;
  asking?: string;
  begins?: string;
  told?: string[];
  alert?: string;
  says?: string;
};

export function effectsOf(step: Step): Effects {
  const { attempt, request, key, newKey, asking, begin, tell, alert, say, newRequest } = step;
  if (newRequest) throw new Error("no call asks for a key");
  return {
    ...(attempt && { attempt: attemptWords(attempt.to) }),
    ...(request && { request: requestWords(request.to) }),
    ...(key && { key: key.to.kind }),
    ...(key?.pause && { pause: pauseWords(key.pause) }),
    ...(newKey && { newKey: newKey.state.kind }),
    ...(asking && { asking: asking.to.kind }),
    ...(begin && { begins: `${begin.work.kind} ${begin.work.phase}` }),
    ...(tell?.length && { told: tell.map(messageWords) }),
    ...(alert && { alert: alert.code }),
    ...(say && { says: say.code }),
  };
}

/** Open: whether it goes on under a new lease, or was put off and for how long. Closed: how. */
function attemptWords({ work, lease, nextAt, startedAt }: Attempt): string {
  const first = attemptAt(work, {}).lease;
  if (lease.until === 0) return `${work.phase}, again in ${(nextAt - NOW) / 1_000} s`;
  if (lease.until === NOW + LEASE_MS && lease.holder === first.holder) return `${work.phase}, goes on`;
  if (lease.until === first.until && startedAt <= NOW) return work.phase;
  return `${work.phase}, under an odd lease`;
}

/** What was asked for, with who holds the key, and what makes a pause odd. */
function pauseWords({ stands, holds, areRolesTaken, unansweredAt }: Pause): string {
  const held = holds.length > 0 ? ` by ${holds.map(({ kind }) => kind).join(" and ")}` : "";
  return `${stands}${held}${areRolesTaken ? ", roles taken" : ""}${unansweredAt === null ? "" : ", unanswered"}`;
}

function requestWords(state: RequestState): string {
  const failure = "failure" in state && state.failure ? ` (${state.failure.why})` : "";
  return state.kind + failure;
}

export function messageWords(message: OutboxMessage): string {
  switch (message.kind) {
    case "notice":
      return `${message.userId}: ${message.notice.code}`;
    case "requester_card":
      return `${message.requestId} rings: ${message.ring?.code}`;
    case "approvals_note":
      return `approvers: ${message.note.code}`;
    case "alert":
      return `approvers: ${message.alert.code}`;
    default:
      return message.kind;
  }
}
