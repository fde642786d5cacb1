import { MOVE_INSERT_ROWS } from "../domain/service-limits";
import { type MoveRefusal, MoveRefused } from "./move-refused";
import {
  createTableDigest,
  digestOfAll,
  MOVED_TABLES,
  type MovedRow,
  type MovedTable,
  type TableDigest,
} from "./moved-tables";
import type { MoveTarget, Writing } from "./postgres/move-target";
import type { MoveSource, Reading } from "./sqlite/move-source";

/** How a move ended. */
export type MoveOutcome =
  /** Everything is in the target, and the source is marked. `isRepeat`: a move before had got it there already. */
  | { kind: "moved"; tables: TableDigest[]; isRepeat: boolean }
  /** Everything is in the target, but the source could not be marked: another move does that. */
  | { kind: "not_marked"; error: unknown }
  | MoveRefusal;

/** What moves a store, and where to. */
export type Move = {
  source: MoveSource;
  target: MoveTarget;
  /** The name of the target, which the source remembers. */
  to: string;
  /** Ends a move that has not committed. */
  stopping: AbortSignal;
};

/**
 * Moves a store from SQLite to PostgreSQL. The target commits first, in one transaction that holds all of it, and then the
 * source is marked: so a move that broke off is either not there at all, or only lacks the mark, and a repeated one knows it
 * by the id and the digest that the first one left.
 * @throws the error of one of the databases. Where it came while the target committed, a repeated move finds out what happened
 */
export async function moveStore({ source, target, to, stopping }: Move): Promise<MoveOutcome> {
  let isReceived = false;
  try {
    return await source.giveAway(to, async (reading) => {
      const moved = await target.receive((writing) => copy({ reading, writing, stopping }));
      isReceived = true;
      return moved;
    });
  } catch (error) {
    if (isReceived) return { kind: "not_marked", error };
    if (error instanceof MoveRefused) return error.refusal;
    throw error;
  }
}

type Sides = { reading: Reading; writing: Writing; stopping: AbortSignal };

async function copy(sides: Sides): Promise<MoveOutcome> {
  const { reading, writing, stopping } = sides;
  const content = await writing.content();
  if (content.kind === "other") throw new MoveRefused({ kind: "target_in_use", table: content.table });
  if (content.kind === "moved") return repeat(sides, content.from);
  const tables: TableDigest[] = [];
  for (const table of MOVED_TABLES) tables.push(await copyTable(sides, table));
  for await (const requests of batches(reading.requestsAboutKeys(), stopping))
    await writing.setKeysOfRequests(requests);
  for (const [index, table] of MOVED_TABLES.entries()) {
    if (!isSame(tables[index], await writing.digest(table)))
      throw new MoveRefused({ kind: "differs", table: table.name });
    refuseStopped(stopping);
  }
  await writing.setSource(sourceWord(reading.storeId, tables));
  return { kind: "moved", tables, isRepeat: false };
}

/** By what the source holds now: bots may have worked on the target meanwhile, and on the source they must not have. */
async function repeat({ reading, stopping }: Sides, from: string): Promise<MoveOutcome> {
  if (!from.startsWith(`${reading.storeId} `)) throw new MoveRefused({ kind: "target_in_use", table: "installation" });
  const tables: TableDigest[] = [];
  for (const table of MOVED_TABLES) {
    const digest = createTableDigest(table.name);
    for await (const rows of batches(reading.rows(table), stopping)) rows.forEach(digest.add);
    tables.push(digest.end());
  }
  if (from !== sourceWord(reading.storeId, tables)) throw new MoveRefused({ kind: "changed_since_copied" });
  return { kind: "moved", tables, isRepeat: true };
}

async function copyTable({ reading, writing, stopping }: Sides, table: MovedTable): Promise<TableDigest> {
  const digest = createTableDigest(table.name);
  for await (const rows of batches<MovedRow>(reading.rows(table), stopping)) {
    rows.forEach(digest.add);
    await writing.insert(table, rows);
  }
  if (table.isNumbered) await writing.setLastNumber(table, await reading.lastNumber(table));
  return digest.end();
}

/** @throws MoveRefused between two batches where the move is to stop */
async function* batches<Row>(rows: AsyncIterable<Row>, stopping: AbortSignal): AsyncIterable<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < MOVE_INSERT_ROWS) continue;
    refuseStopped(stopping);
    yield batch;
    batch = [];
  }
  refuseStopped(stopping);
  if (batch.length > 0) yield batch;
}

function refuseStopped(stopping: AbortSignal): void {
  if (stopping.aborted) throw new MoveRefused({ kind: "stopped" });
}

function isSame(one: TableDigest | undefined, other: TableDigest): boolean {
  return one?.rows === other.rows && one.digest === other.digest;
}

/** What a target remembers of its source. */
function sourceWord(storeId: string, tables: readonly TableDigest[]): string {
  return `${storeId} ${digestOfAll(tables)}`;
}
