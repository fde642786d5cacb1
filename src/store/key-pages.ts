import { type Selectable, type SelectQueryBuilder, sql, type Transaction } from "kysely";
import type { Key } from "../domain/key";
import { FEW_SEARCH_HITS, MAX_SEARCH_WORDS } from "../domain/service-limits";
import type { KeyQuery } from "../workflow/store-port";
import { toKey } from "./keys";
import { orUnreadable } from "./shapes";
import type { Tables } from "./tables";

type Db = Transaction<Tables>;
type Query = SelectQueryBuilder<Tables, "keys", Selectable<Tables["keys"]>>;

/**
 * Keys that are not deleted, newest first; one that can't be read is left out and hides no other.
 * @param onUnreadable is told of such a row
 */
export async function pageOfKeys(
  db: Db,
  { ownerId, from, search, limit }: KeyQuery,
  onUnreadable: (row: string) => void,
): Promise<{ keys: Key[]; isCut: boolean }> {
  const order = from?.side === "newer" ? "asc" : "desc";
  // A bound value would keep SQLite from its partial index.
  let query: Query = db
    .selectFrom("keys")
    .selectAll()
    .where((eb) => eb("state", "<>", sql.lit("deleted")));
  if (ownerId !== null) query = query.where("owner_id", "=", ownerId);
  query = await having(db, query, wordsOf(search), ownerId);
  if (from !== null) {
    const side = sql.raw(from.side === "newer" ? ">" : "<");
    // The id comes with a click: a page of somebody's keys goes on from one of theirs, and tells nothing of others'.
    const theirs = ownerId === null ? sql`` : sql`and owner_id = ${ownerId}`;
    query = query.where(
      sql<boolean>`(made_at, access_key_id) ${side}
        (select made_at, access_key_id from keys where access_key_id = ${from.accessKeyId} ${theirs})`,
    );
  }
  const rows = await query
    .orderBy("made_at", order)
    .orderBy("access_key_id", order)
    .limit(limit + 1)
    .execute();
  const keys = rows.slice(0, limit).flatMap((row) => readable(row, onUnreadable));
  return { keys: order === "asc" ? keys.reverse() : keys, isCut: rows.length > limit };
}

function readable(row: Selectable<Tables["keys"]>, onUnreadable: (row: string) => void): Key[] {
  const key = orUnreadable(() => toKey(row), onUnreadable);
  return key === null ? [] : [key];
}

/** Only keys that hold every word: by three letters in a row where they are rare, by reading the keys where they are not. */
async function having(db: Db, query: Query, words: readonly string[], ownerId: string | null): Promise<Query> {
  const indexed = words.filter((word) => word.length >= 3);
  let narrowed = query;
  for (const word of words)
    narrowed = narrowed.where(
      sql<boolean>`instr(lower(key_name || ' ' || reference || ' ' || access_key_id), ${word}) > 0`,
    );
  if (ownerId !== null || indexed.length === 0) return narrowed;
  const phrases = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(" ");
  const matches = sql`select access_key_id from key_search where key_search match ${phrases}`;
  const counting = sql<{ count: number }>`select count(*) as count from (${matches} limit ${FEW_SEARCH_HITS})`;
  const count = (await counting.execute(db)).rows[0]?.count ?? FEW_SEARCH_HITS;
  return count < FEW_SEARCH_HITS ? narrowed.where(sql<boolean>`access_key_id in (${matches})`) : narrowed;
}

/** What somebody looks for: every word has to be found. Brackets stand around references where keys are shown. */
function wordsOf(search: string | null): string[] {
  return (
    (search ?? "")
      .toLowerCase()
      // No name or id has it, and SQLite ends texts there.
      .replaceAll("\u0000", " ")
      .split(/[\s()]+/)
      .filter((word) => word !== "")
      .slice(0, MAX_SEARCH_WORDS)
  );
}
