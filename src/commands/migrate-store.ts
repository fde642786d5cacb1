import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { systemClock } from "../clock";
import { readDatabaseLocation } from "../config-parts";
import type { PostgresLocation, StoreLocation } from "../domain/store-location";
import { lockOrFail, nameOf, type SqliteLocation, unusable } from "../open-store";
import { EXIT, StartError } from "../start-error";
import { type MoveOutcome, moveStore } from "../store/move";
import { openMoveTarget } from "../store/postgres/move-target";
import { openMoveSource, unmarkMoved } from "../store/sqlite/move-source";
import { errorCode } from "../workflow/error-code";
import { type Invocation, parsed, type Run, UsageError } from "./command";

/** Moves a store from SQLite to PostgreSQL, or with `--undo` takes back the mark that this leaves in the file. */
export const migrateStore: Run = async (invocation) => {
  const { values } = parsed({
    args: [...invocation.args],
    options: { from: { type: "string" }, to: { type: "string" }, undo: { type: "boolean" } },
  });
  const { from, to, undo } = values;
  if (!from?.trim() || to?.trim() === "")
    throw new UsageError(
      "Name the SQLite database after --from, as in --from file:./data/tigris-key-bot.db, and the PostgreSQL one after --to or in DATABASE_URL.",
    );
  if (undo && to !== undefined) throw new UsageError("--undo takes the file of --from alone: leave --to out.");
  const source = sourceOf(from);
  const { file } = source;
  const target = undo ? null : targetOf(to, invocation.env);
  if (!existsSync(file)) throw new StartError("store_missing", `There is no database file ${file}.`, EXIT.config);
  const lock = lockOrFail(source, systemClock.now());
  try {
    return target === null ? takeBack(source, invocation) : await move({ from: source, target, invocation });
  } finally {
    lock.release();
  }
};

function sourceOf(url: string): SqliteLocation {
  const reading = readDatabaseLocation({ DATABASE_URL: url });
  if (reading.ok && reading.location.kind === "sqlite") return reading.location;
  throw new StartError("from_unusable", "--from is not the file: URL of a SQLite database.", EXIT.usage);
}

/** @param url not given where it holds a password: others on the machine can read command lines */
function targetOf(url: string | undefined, env: NodeJS.ProcessEnv): PostgresLocation {
  const isSet = [env.DATABASE_URL, env.DATABASE_URL_FILE].some((value) => value?.trim());
  if (url === undefined && !isSet)
    throw new StartError(
      "to_missing",
      "It is not said where to: set --to, DATABASE_URL or DATABASE_URL_FILE. Where the URL holds a password, use " +
        "DATABASE_URL_FILE: others on this machine can read a command line.",
      EXIT.usage,
    );
  const reading = readDatabaseLocation(url === undefined ? env : { DATABASE_URL: url });
  if (reading.ok && reading.location.kind === "postgres") return reading.location;
  const { variable, problem } = (reading.ok ? null : reading.problems[0]) ?? NO_POSTGRES;
  const [name, exitCode] = url === undefined ? [variable, EXIT.config] : ["--to", EXIT.usage];
  throw new StartError("to_unusable", `${name} ${problem}.`, exitCode);
}

const NO_POSTGRES = { variable: "DATABASE_URL", problem: "is not a postgres:// URL" };

function takeBack(source: SqliteLocation, { say, complain }: Invocation): number {
  const { file } = source;
  try {
    if (unmarkMoved(file)) {
      say(`A bot can start on ${file} again. Nothing that happened since the move is in it.\n`);
      return 0;
    }
  } catch (error) {
    throw unusable(source, error);
  }
  complain(`${file} is not marked as moved.\n`);
  return EXIT.config;
}

type Asked = { from: SqliteLocation; target: PostgresLocation; invocation: Invocation };

async function move({ from, target: location, invocation }: Asked): Promise<number> {
  const failure = (side: StoreLocation) => (error: unknown) => {
    throw unusable(side, error);
  };
  const source = await openMoveSource(from.file, systemClock, randomUUID).catch(failure(from));
  try {
    const target = await openMoveTarget(location).catch(failure(location));
    try {
      const to = nameOf(location);
      const outcome = await moveStore({ source, target, to, stopping: invocation.stopping }).catch((error: unknown) => {
        throw brokenOff(isOfSqlite(error) ? from : location, error);
      });
      return tell(outcome, { file: from.file, to }, invocation);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function isOfSqlite(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_/.test(String(error.code));
}

/** Why a move ended that had begun: both databases could be used. */
function brokenOff(side: StoreLocation, error: unknown): StartError {
  const failure = unusable(side, error);
  if (failure.exitCode === EXIT.config || failure.code === "store_locked") return failure;
  return new StartError(
    "move_broke_off",
    `The move broke off, since ${nameOf(side)} failed (${errorCode(error)}). Run the same command again, before any bot ` +
      "starts: it finds out by itself what has got to the other side.",
    1,
  );
}

type Names = { file: string; to: string };

function tell(outcome: MoveOutcome, names: Names, { say, complain }: Invocation): number {
  if (outcome.kind !== "moved") {
    const { sentence, exitCode } = refusal(outcome, names);
    complain(`${sentence}\n`);
    return exitCode;
  }
  for (const { name, rows, digest } of outcome.tables)
    say(`${name.padEnd(NAME_WIDTH)} ${String(rows).padStart(ROWS_WIDTH)} rows  ${digest.slice(0, DIGEST_SHOWN)}\n`);
  say(
    outcome.isRepeat
      ? `All of it was in ${names.to} already; ${names.file} is marked as moved now.\n`
      : `Moved to ${names.to}, and compared. ${names.file} is marked as moved: no bot starts on it any more.\n`,
  );
  say("Set DATABASE_URL to the PostgreSQL database, and start the bot.\n");
  return 0;
}

/** Wide enough for the longest name of a table, and for ten million rows. */
const NAME_WIDTH = 12;
const ROWS_WIDTH = 8;

/** How much of a digest is shown: enough to tell two apart. */
const DIGEST_SHOWN = 16;

type Refused = Exclude<MoveOutcome, { kind: "moved" }>;

function refusal(refused: Refused, { file, to }: Names): { sentence: string; exitCode: number } {
  switch (refused.kind) {
    case "target_in_use":
      return {
        sentence:
          `The database ${to} is not empty: there is something in its table ${refused.table}. Nothing was moved. ` +
          "Use a database with nothing in it.",
        exitCode: EXIT.config,
      };
    case "changed_since_copied":
      return {
        sentence:
          `The database ${to} holds a copy of ${file} that an earlier move made, but ${file} has changed since. Nothing ` +
          "was moved. Where the bot has worked on the file since, move it into a database with nothing in it.",
        exitCode: EXIT.config,
      };
    case "differs":
      return {
        sentence:
          `What ${to} has in the table ${refused.table} is not what ${file} has. Nothing was moved: something in that ` +
          "database changes what is written, such as a trigger or another encoding than UTF8.",
        exitCode: EXIT.data,
      };
    case "row_not_taken":
      return {
        sentence: `PostgreSQL does not take a row of the table ${refused.table} of ${file} (${refused.code}). Nothing was moved.`,
        exitCode: EXIT.data,
      };
    case "stopped":
      return { sentence: "The move was stopped. Nothing was moved; run it again.", exitCode: 1 };
    case "not_marked":
      return {
        sentence:
          `Everything is in ${to}, but ${file} could not be marked as moved. Run the same command again, before any bot ` +
          "starts: it only marks the file then.",
        exitCode: 1,
      };
  }
}
