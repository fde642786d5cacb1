import type { Kysely, RawBuilder, SelectQueryBuilder, Transaction } from "kysely";
import type { Key } from "../domain/key";
import type { Tables } from "./tables";

/** What a transaction works on: all of it takes effect, or nothing. */
export type Db = Transaction<Tables>;

/** One statement as the database gets it. */
export type Statement = { sql: string; parameters: readonly unknown[] };

/** A column that holds JSON. */
export type JsonColumn = "state_json" | "message_json" | "pause_json" | "rotation_json";

/** What SQLite and PostgreSQL say differently. Everything else is said once for both. */
export type Differences = {
  /** A text in a JSON column, by its key. */
  jsonText(column: JsonColumn, key: string): RawBuilder<string | null>;
  /** The lesser of two numbers. */
  least(one: RawBuilder<number>, other: RawBuilder<number>): RawBuilder<number>;
  /** The greater of two numbers. */
  most(one: RawBuilder<number>, other: RawBuilder<number>): RawBuilder<number>;
  /** Whether a text holds another one. */
  holds(text: RawBuilder<string>, part: string): RawBuilder<boolean>;
  /** Leaves out what another transaction has taken and not yet said so. */
  skipLocked<Of extends SelectQueryBuilder<Tables, never, object>>(query: Of): Of;
  /** Where it helps to find keys by words in them: what narrows the search down; else null. */
  keysWith(db: Db, words: readonly string[]): Promise<RawBuilder<boolean> | null>;
  /** Makes a new key be found by words in it. */
  indexKey(db: Db, key: Pick<Key, "accessKeyId" | "keyName" | "reference" | "access">): Promise<void>;
  /** Takes the words of a key out again. */
  unindexKey(db: Db, accessKeyId: string): Promise<void>;
};

/** Work on the database, at a moment in milliseconds since 1970 that the database stands for. */
export type Work<Result> = (db: Db, at: number) => Promise<Result>;

/**
 * A database, with the tables up to date. Each kind of it keeps the same promises: `transact` runs as if alone with what it has
 * the names of, `read` sees one moment, and what a transaction wrote is there once it has resolved, and not where it has thrown.
 */
export type Database = {
  differences: Differences;
  /** Whether other processes may be on it too. */
  isShared: boolean;
  /** Runs `work` on the record as it is at one moment: nothing can be written. */
  read<Result>(work: Work<Result>): Promise<Result>;
  /**
   * Runs `work` once nobody else has any of the names that `names` finds, in one transaction.
   * @throws Conflict where another transaction is in its way, so that nothing of it is written; CommitUnknown where nobody
   *   can say whether it is
   */
  transact<Result>(work: Work<Result>, names: Work<readonly string[]>): Promise<Result>;
  /** Runs a short write whose conditions stand in its own statements: whoever comes second finds what the first one left. */
  step<Result>(work: Work<Result>): Promise<Result>;
  /** The time by which leases are held and things are due, as it was last heard of. */
  now(): number;
  /** Wakes whoever waits in other processes on the same database; by best effort. */
  wakeOthers(): void;
  /** @throws where it can't be written */
  check(): Promise<void>;
  close(): Promise<void>;
};

/** What a kind of database is opened with. */
export type Opening = {
  /** Is told of each statement. */
  onStatement: (statement: Statement) => void;
  /** Is told the name of a file system that may be another machine's, where the database is a file on one. */
  onDoubtfulDisk: (fileSystem: string) => void;
  /** Is called when another process has written something that may be due. */
  onWake: () => void;
};

/** A row that really changes: so a full disk shows, and a database that can only be read. */
export async function writeProbe(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto("installation")
    .values({ kind: "probe", value: "0", remembered_at: 0 })
    .onConflict((conflict) =>
      conflict.column("kind").doUpdateSet((eb) => ({
        value: eb.cast<string>(eb(eb.cast<number>("installation.value", "integer"), "+", 1), "text"),
      })),
    )
    .execute();
}
