import type { Secret } from "../domain/secret";
import type { Clock } from "../workflow/clock";
import type { CreateAnswer, TigrisPort } from "../workflow/tigris-port";
import { type Examined, examine } from "./examine";
import { differs, type Finding, notSettled, whatToDo, whyNot } from "./finding";
import { isProbe, type Probe, probeName, type Removal, removeProbe } from "./probe-key";
import { createWatch } from "./watch";

export type Doctor = {
  tigris: TigrisPort;
  /** Signs calls with another key, until it is closed. */
  tryKey(pair: { accessKeyId: string; secretAccessKey: Secret }): Examined["trial"] & { close(): void };
  clock: Clock;
  /** The id of the bot's own key. */
  ownAccessKeyId: string;
  stopping: AbortSignal;
  /** Takes one line for the reader. */
  say(line: string): void;
};

/**
 * Looks at what the bot builds on at Tigris, with one key that it makes and deletes.
 * @returns whether all is as the bot expects
 */
export async function runDoctor(doctor: Doctor): Promise<boolean> {
  const { tigris, say, stopping, ownAccessKeyId } = doctor;
  const [made, listed] = await Promise.all([tigris.keysMadeBy(ownAccessKeyId), tigris.listBuckets()]);
  if (made.kind === "unavailable" || listed.kind === "unavailable") {
    if (made.kind === "unavailable") say(`The list of keys ${whyNot(made)}.`);
    if (listed.kind === "unavailable") say(`The list of buckets ${whyNot(listed)}.`);
    say(`Nothing was made. ${whatToDo([made, listed].map(reasonOf).join(" "))}`);
    return false;
  }
  for (const { name, accessKeyId } of made.keys.filter(isProbe))
    say(`Another run left the key ${name} (${accessKeyId}). Unless that run goes on, delete it in Tigris's Dashboard.`);
  if (stopping.aborted) return false;
  const [first, ...others] = listed.names;
  return withKey(doctor, first === undefined ? [] : [first, ...others.slice(0, 1)]);
}

function reasonOf(looked: { kind: string; reason?: string }): string {
  return looked.reason ?? "";
}

/** Whatever happens to what it finds out, it tries to delete the key. */
async function withKey(doctor: Doctor, buckets: readonly string[]): Promise<boolean> {
  const { tigris, say, ownAccessKeyId } = doctor;
  const probe: Probe = { name: probeName(), accessKeyId: null };
  say(`Makes the key ${probe.name}, and deletes it at the end.`);
  const answer = await tigris.createKey({ name: probe.name });
  if (answer.kind === "refused") {
    say(
      lineOf(
        differs(
          "Keys without roles",
          `Tigris makes none for the bot's key (${whyNot(answer)}). Nothing more was tried. ${whatToDo(answer.code)}`,
        ),
      ),
    );
    return false;
  }
  // An id that the bot signs with is not that of a new key: its own would be lost.
  const isNew = answer.kind === "made" && answer.accessKeyId !== ownAccessKeyId;
  if (isNew) probe.accessKeyId = answer.accessKeyId;
  let isWell = false;
  let isGone = false;
  try {
    isWell = isNew ? await findOut(doctor, { ...answer, name: probe.name }, buckets) : notMade(doctor, answer);
  } finally {
    const removal = await removeProbe(doctor, probe);
    isGone = removal.kind === "removed";
    say(endOf(probe, removal));
  }
  return isWell && isGone;
}

function notMade({ say }: Doctor, answer: Exclude<CreateAnswer, { kind: "refused" }>): false {
  const why = answer.kind === "lost" ? `got ${whyNot(answer)}` : "was answered with the id of the bot's own key";
  say(lineOf(notSettled("Keys without roles", `Making one ${why}. Nothing more was tried.`)));
  return false;
}

async function findOut(
  { tigris, tryKey, clock, ownAccessKeyId, stopping, say }: Doctor,
  { name, accessKeyId, secret }: Extract<CreateAnswer, { kind: "made" }> & { name: string },
  buckets: readonly string[],
): Promise<boolean> {
  const trial = tryKey({ accessKeyId, secretAccessKey: secret });
  const watch = createWatch(clock, stopping);
  let isWell = true;
  try {
    for await (const finding of examine({ tigris, name, accessKeyId, ownAccessKeyId, trial, buckets, watch })) {
      // A stop cuts a look short: what it found then says nothing.
      if (stopping.aborted) break;
      say(lineOf(finding));
      if (finding.verdict !== "as_expected") isWell = false;
    }
  } finally {
    trial.close();
  }
  if (stopping.aborted) say("Stopped before all was found out.");
  return isWell && !stopping.aborted;
}

const VERDICTS = { as_expected: "as expected", differs: "differs", not_settled: "not settled" } as const;
const WIDTH = Math.max(...Object.values(VERDICTS).map(({ length }) => length));

function lineOf({ verdict, about, seen }: Finding): string {
  return `${VERDICTS[verdict].padEnd(WIDTH)}  ${about}: ${seen}`;
}

function endOf({ name, accessKeyId }: Probe, removal: Removal): string {
  switch (removal.kind) {
    case "removed":
      return `The key ${name} is deleted.`;
    case "never_seen":
      return `No key ${name} showed in Tigris's list. Look for it in the Dashboard once more, and delete it there.`;
    case "left":
      return `THE KEY ${name}${accessKeyId === null ? "" : ` (${accessKeyId})`} MAY BE LEFT (${removal.why}): delete it in Tigris's Dashboard.`;
  }
}
