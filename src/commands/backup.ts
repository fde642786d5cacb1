import { formatProblems } from "../config";
import { readDatabaseLocation } from "../config-parts";
import { EXIT } from "../start-error";
import { type BackedUp, BackupFailed, type BackupProblem, backUp } from "../store/sqlite/backup";
import { parsed, type Run, UsageError } from "./command";

/** Writes a copy of the database into one file, also while the bot runs. It takes `DATABASE_URL` alone. */
export const backup: Run = async ({ args, env, say, complain }) => {
  const [target, ...more] = parsed({ args: [...args], allowPositionals: true }).positionals;
  if (!target || more.length > 0)
    throw new UsageError("Name one file that is not there yet, as in backup ./tigris-key-bot-backup.db.");
  const reading = readDatabaseLocation(env);
  if (!reading.ok) {
    complain(formatProblems(reading.problems));
    return EXIT.config;
  }
  const { location } = reading;
  if (location.kind === "postgres") {
    complain("DATABASE_URL is a PostgreSQL database: back it up with pg_dump, which comes with PostgreSQL.\n");
    return EXIT.usage;
  }
  try {
    say(`${done(target, backUp(location.file, target))}\n`);
    return 0;
  } catch (error) {
    complain(`${reasonOf(error, { database: location.file, target })}\n`);
    return 1;
  }
};

function done(target: string, { bytes, requests, keys }: BackedUp): string {
  const size = bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `The backup ${target} is written and checked: ${size}, with ${counted(requests, "request")} and ${counted(keys, "key")}, deleted keys included.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

type Files = { database: string; target: string };

const REASONS: { [Problem in BackupProblem]: (files: Files) => string } = {
  target_exists: ({ target }) => `${target} is there already. Name a file that is not.`,
  no_target_folder: ({ target }) => `The folder of ${target} is not there. Make it first.`,
  no_database: ({ database }) => `There is no database ${database} (DATABASE_URL).`,
  not_ours: ({ database }) => `${database} (DATABASE_URL) is not a database of this bot's.`,
  damaged: ({ database }) =>
    `The copy of ${database} does not pass SQLite's checks, so it is not kept: the database itself is damaged. ` +
    "Keep it as it is, with its -wal, and the backups from before.",
};

function reasonOf(error: unknown, files: Files): string {
  if (error instanceof BackupFailed) return REASONS[error.code](files);
  const code = error instanceof Error && "code" in error && error.code ? String(error.code) : "unknown";
  return (
    `${files.database} can't be copied to ${files.target} (${code}). Run this as the user that the bot runs as, and ` +
    "check that the disk has room."
  );
}
