import { type RawBuilder, sql } from "kysely";
import { FEW_SEARCH_HITS } from "../../domain/service-limits";
import type { Db, Differences } from "../database";

/** What SQLite says in its own way. It has one writer, so nothing is ever locked. */
export const SQLITE: Differences = {
  jsonText: (column, key) => sql`json_extract(${sql.ref(column)}, ${sql.lit(`$.${key}`)})`,
  least: (one, other) => sql`min(${one}, ${other})`,
  most: (one, other) => sql`max(${one}, ${other})`,
  holds: (text, part) => sql`instr(${text}, ${part}) > 0`,
  skipLocked: (query) => query,
  keysWith,
  indexKey: async (db, { accessKeyId, keyName, reference, access: { buckets } }) => {
    const names = buckets.kind === "all" ? [] : buckets.names;
    const words = [keyName, reference, accessKeyId, ...names].join(" ");
    await sql`insert into key_search (access_key_id, words) values (${accessKeyId}, ${words})`.execute(db);
  },
  unindexKey: async (db, accessKeyId) => {
    // By its words, one of which it is: only they have an index.
    const found = sql`select rowid from key_search
      where key_search match ${phraseOf(accessKeyId)} and access_key_id = ${accessKeyId}`;
    await sql`delete from key_search where rowid in (${found})`.execute(db);
  },
};

/** By three letters in a row, where few keys have them; where many do, the newest of them are met soon enough. */
async function keysWith(db: Db, words: readonly string[]): Promise<RawBuilder<boolean> | null> {
  const indexed = words.filter((word) => word.length >= 3);
  if (indexed.length === 0) return null;
  const phrases = indexed.map(phraseOf).join(" ");
  const matches = sql`select access_key_id from key_search where key_search match ${phrases}`;
  const counting = sql<{ count: number }>`select count(*) as count from (${matches} limit ${FEW_SEARCH_HITS})`;
  const count = (await counting.execute(db)).rows[0]?.count ?? FEW_SEARCH_HITS;
  return count < FEW_SEARCH_HITS ? sql<boolean>`access_key_id in (${matches})` : null;
}

/** A word as a search takes it (SQLite, `fts5.html`). */
function phraseOf(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
