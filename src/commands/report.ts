import { formatProblems } from "../config";
import { readDatabaseLocation } from "../config-parts";
import type { Key } from "../domain/key";
import { secretSince } from "../domain/key-age";
import { nameOf } from "../open-store";
import { EXIT } from "../start-error";
import { NoDatabase, OtherTables, readKeys } from "../store/read-keys";
import { errorCode } from "../workflow/error-code";
import { parsed, type Run, UsageError } from "./command";
import { csvLine } from "./csv";

const COLUMNS: readonly [name: string, of: (key: Key) => string][] = [
  ["reference", ({ reference }) => reference],
  ["name in Tigris", ({ tigrisName }) => tigrisName],
  ["access key id", ({ accessKeyId }) => accessKeyId],
  ["owner", ({ ownerId }) => ownerId],
  ["permission", ({ access }) => access.permission],
  ["buckets", ({ access: { buckets } }) => (buckets.kind === "all" ? "all" : buckets.names.join(" "))],
  ["made", ({ madeAt }) => moment(madeAt)],
  ["secret since", ({ age }) => moment(secretSince(age))],
  ["rotated", ({ age }) => moment(age.rotatedAt)],
  ["ends", ({ end }) => moment(end?.at ?? null)],
  ["paused", ({ pause }) => pause.holds.map(({ kind }) => kind).join(" ")],
  ["state", ({ state }) => state.kind],
];

/** In UTC, as ISO 8601 has it; nothing where it never came. */
function moment(at: number | null): string {
  return at === null ? "" : new Date(at).toISOString();
}

/** Writes one line for each key that is not deleted, newest first, also while the bot runs: it only reads. */
export const report: Run = async ({ args, env, stopping, say, complain }) => {
  const { values, positionals } = parsed({
    args: [...args],
    allowPositionals: true,
    options: { csv: { type: "boolean" } },
  });
  if (values.csv !== true || positionals.length > 0) throw new UsageError("Name the form of the report: report --csv");
  const reading = readDatabaseLocation(env);
  if (!reading.ok) {
    complain(formatProblems(reading.problems));
    return EXIT.config;
  }
  let unreadable = 0;
  const countUnreadable = () => {
    unreadable += 1;
  };
  try {
    let header = csvLine(COLUMNS.map(([name]) => name));
    for await (const keys of readKeys(reading.location, countUnreadable)) {
      if (stopping.aborted) return 1;
      say(header + keys.map((key) => csvLine(COLUMNS.map(([, of]) => of(key)))).join(""));
      header = "";
    }
  } catch (error) {
    complain(`${reasonOf(error, nameOf(reading.location))}\n`);
    return 1;
  }
  if (unreadable > 0) complain(`${unreadable} keys are left out: this version can't read their rows.\n`);
  return unreadable > 0 ? 1 : 0;
};

function reasonOf(error: unknown, name: string): string {
  if (error instanceof NoDatabase) return `There is no database ${name} (DATABASE_URL).`;
  if (error instanceof OtherTables)
    return `The tables of ${name} (DATABASE_URL) are those of another version of the bot. Use that one, or start this one on it first.`;
  return `${name} (DATABASE_URL) can't be read (${errorCode(error)}).`;
}
