import { randomBytes } from "node:crypto";
import { backoffMs } from "../domain/backoff";
import { DOCTOR_REMOVAL } from "../domain/service-limits";
import type { Clock } from "../workflow/clock";
import type { TigrisPort } from "../workflow/tigris-port";
import { whyNot } from "./finding";

const PREFIX = "tigris-key-bot-doctor-";

/** A name that no other key has: 64 random bits. */
export function probeName(): string {
  return `${PREFIX}${randomBytes(8).toString("hex")}`;
}

/** Whether a key has a name that a doctor gave. */
export function isProbe({ name }: { name: string }): boolean {
  return name.startsWith(PREFIX) && /^[0-9a-f]{16}$/.test(name.slice(PREFIX.length));
}

/** Whether a key may be the one of this name: Tigris has told its id with it, and a list that leaves names out says nothing. */
export function isNamed(key: { name: string }, name: string): boolean {
  return key.name === name || key.name === "";
}

/** What is known of the one key: its whole name, and its id once Tigris has told it. */
export type Probe = { name: string; accessKeyId: string | null };

export type Removal =
  | { kind: "removed" }
  /** Its making got no clear answer, and no key of its name showed. */
  | { kind: "never_seen" }
  | { kind: "left"; why: string };

type Ports = { tigris: TigrisPort; clock: Clock };

/**
 * Deletes the one key, and believes it once the list agrees. No stop ends it sooner: its tries are few. Only a key of
 * the whole name is deleted: where Tigris names an id for it that is somebody else's, it stays.
 */
export async function removeProbe(ports: Ports, probe: Probe): Promise<Removal> {
  let last: Removal = { kind: "never_seen" };
  for (let failures = 0; failures < DOCTOR_REMOVAL.tries; failures++) {
    if (failures > 0) await ports.clock.wait(backoffMs(failures, DOCTOR_REMOVAL));
    const ids = probe.accessKeyId === null ? await idsOf(ports, probe.name) : [probe.accessKeyId];
    for (const id of ids) last = await removeOnce(ports, { name: probe.name, id });
    if (last.kind === "removed") return last;
  }
  return last;
}

async function idsOf({ tigris }: Ports, name: string): Promise<string[]> {
  const found = await tigris.findKeysByName(name);
  return found.kind === "found" ? found.keys.map(({ accessKeyId }) => accessKeyId) : [];
}

async function removeOnce({ tigris }: Ports, { name, id }: { name: string; id: string }): Promise<Removal> {
  const before = await tigris.readKey(id);
  if (before.kind === "there" && !isNamed(before.key, name))
    return { kind: "left", why: `Tigris lists ${id} under another name` };
  const answer = await tigris.deleteKey(id);
  if (answer.kind !== "deleted" && answer.kind !== "gone") return { kind: "left", why: whyNot(answer) };
  const after = await tigris.readKey(id);
  if (after.kind === "absent") return { kind: "removed" };
  return { kind: "left", why: after.kind === "there" ? "Tigris still lists it" : whyNot(after) };
}
