import type { CreatePhase, CreateWork, DeletePhase, DeleteWork, RotatePhase, RotateWork } from "../../domain/attempt";
import type { Outcome } from "../outcome";
import { type Call, type CallPorts, callable, type Hand, type Held, type Turn } from "./call";
import { createKey } from "./create-key";
import { deleteKey } from "./delete-key";
import { deliverKey } from "./deliver-key";
import { deliverNewSecret } from "./deliver-new-secret";
import { discard } from "./discard";
import { rotateKey } from "./rotate-key";
import { search } from "./search";

export type { CallPorts, Held } from "./call";

/** The call that an attempt is at, by its kind and phase; null once it is closed. A new call is one entry here. */
const CREATE: { [Phase in CreatePhase]: Call<CreateWork> | null } = {
  calling: callable(createKey),
  delivering: callable(deliverKey),
  discarding: callable(discard),
  searching: callable(search),
  posted: null,
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
const DELETE: { [Phase in DeletePhase]: Call<DeleteWork> | null } = { calling: callable(deleteKey), deleted: null };

/** Carries out what a click has begun. @returns what the person who clicked reads */
export async function carryOut(ports: CallPorts, held: Held): Promise<Outcome> {
  const said = await goOn(ports, held, false);
  if (said === null) throw new Error("an attempt that says nothing");
  return said;
}

/** Goes on after a crash: the call that the attempt is at may have been made by somebody else already. */
export async function recoverFrom(ports: CallPorts, held: Held): Promise<void> {
  await goOn(ports, held, true);
}

/** Call after call, until the attempt is closed, put off, or somebody else's. @returns what was said first */
async function goOn(ports: CallPorts, held: Held, isRecovery: boolean): Promise<Outcome | null> {
  let said: Outcome | null = null;
  let hand: Hand | null = { held, secret: null };
  for (let isFirst = true; hand !== null; isFirst = false) {
    const turn: Turn | null = await take(ports, hand, isRecovery && isFirst);
    said ??= turn?.say ?? null;
    hand = turn?.next ?? null;
  }
  return said;
}

async function take(ports: CallPorts, { held, secret }: Hand, isRecovery: boolean): Promise<Turn | null> {
  const { attempt } = held;
  const { work } = attempt;
  switch (work.kind) {
    case "create":
      return (
        CREATE[work.phase]?.(ports, { held: { ...held, attempt: { ...attempt, work } }, secret }, isRecovery) ?? null
      );
    case "rotate":
      return (
        ROTATE[work.phase]?.(ports, { held: { ...held, attempt: { ...attempt, work } }, secret }, isRecovery) ?? null
      );
    case "delete":
      return (
        DELETE[work.phase]?.(ports, { held: { ...held, attempt: { ...attempt, work } }, secret }, isRecovery) ?? null
      );
  }
}
