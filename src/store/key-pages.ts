import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import { storable } from "../domain/input-rules";
import type { Key } from "../domain/key";
import { MAX_SEARCH_WORDS, MIN_ID_SEARCHED } from "../domain/service-limits";
import type { KeyQuery, NamedQuery } from "../workflow/key-query";
import type { Db, Differences } from "./database";
import { toKey } from "./keys";
import { orUnreadable } from "./shapes";
import type { Tables } from "./tables";

type Query = SelectQueryBuilder<Tables, "keys", Selectable<Tables["keys"]>>;
/** Where to look, and who is told of a row that can't be read. */
type Looking = { db: Db; differences: Differences; onUnreadable: (row: string) => void };

/** Keys that are not deleted, newest first; one that can't be read is left out and hides no other. */
export async function pageOfKeys(looking: Looking, query: KeyQuery): Promise<{ keys: Key[]; isCut: boolean }> {
  const { from, limit } = query;
  const order = from?.side === "newer" ? "asc" : "desc";
  const rows = await (await listed(looking, query))
    .orderBy("made_at", order)
    .orderBy("access_key_id", order)
    .limit(limit + 1)
    .execute();
  const keys = rows.slice(0, limit).flatMap((row) => readable(row, looking.onUnreadable));
  return { keys: order === "asc" ? keys.reverse() : keys, isCut: rows.length > limit };
}

/** How many there are in all, up to the limit: read in an order that has an index. */
export async function countOfKeys(looking: Looking, query: KeyQuery): Promise<number> {
  const some = (await listed(looking, query)).clearSelect().select("made_at");
  return (await some.orderBy("made_at", "desc").limit(query.limit).execute()).length;
}

/** Keys that are not deleted and have exactly this id or name: first those of one person, then newest first. */
export async function namedKeys(looking: Looking, { named, ownerId, firstId, limit }: NamedQuery): Promise<Key[]> {
  if (named.includes("\u0000")) return [];
  const rows = await ofOwner(looking.db, ownerId)
    // One after the other, each by its own index.
    .where(
      sql<boolean>`access_key_id in (select access_key_id from keys where access_key_id = ${named}
        union select access_key_id from keys where tigris_name = ${named}
        union select access_key_id from keys where key_name = ${named} and state <> 'deleted')`,
    )
    .orderBy((eb) => eb.case().when("owner_id", "=", firstId).then(eb.lit(0)).else(eb.lit(1)).end())
    .orderBy("made_at", "desc")
    .orderBy("access_key_id", "desc")
    .limit(limit)
    .execute();
  return rows.flatMap((row) => readable(row, looking.onUnreadable));
}

/** Somebody's keys of which nobody holds the secret, or of which Tigris has not confirmed something; oldest first. */
export async function unsettledKeys(
  { db, differences, onUnreadable }: Looking,
  ownerId: string,
  limit: number,
): Promise<Key[]> {
  const rows = await ofOwner(db, ownerId)
    .where((eb) =>
      eb.or([
        eb("state", "in", ["secret_unknown", "switching_on", "deleting"]),
        eb("access_change_json", "is not", null),
        eb(differences.jsonText("pause_json", "stands"), "in", ["pausing", "resuming"]),
      ]),
    )
    .orderBy("made_at")
    .orderBy("access_key_id")
    .limit(limit)
    .execute();
  return rows.flatMap((row) => readable(row, onUnreadable));
}

/** All keys that a query is about, in no order. */
async function listed(
  { db, differences }: Looking,
  { ownerId, from, search, permission = null, bucket = null }: KeyQuery,
): Promise<Query> {
  let query = ofOwner(db, ownerId);
  if (permission !== null) query = query.where("permission", "=", permission);
  if (bucket !== null) query = query.where(opens(differences, bucket));
  const words = wordsOf(search);
  for (const word of words) query = query.where(isNamed(differences, word));
  const narrowing = ownerId === null && words.length > 0 ? await differences.keysWith(db, words) : null;
  if (narrowing !== null) query = query.where(narrowing);
  if (from === null) return query;
  // The id comes with a click: a page of somebody's keys goes on from one of theirs, and tells nothing of others'.
  const theirs = ownerId === null ? sql`` : sql`and owner_id = ${ownerId}`;
  return query.where(
    sql<boolean>`(made_at, access_key_id) ${sql.raw(SIDES[from.side])}
      (select made_at, access_key_id from keys where access_key_id = ${storable(from.accessKeyId)} ${theirs})`,
  );
}

/** Whether a key opens a bucket: all of them, or this one by its name, which stands in the list with its quotes. */
function opens({ holds }: Differences, bucket: string) {
  const named = holds(sql<string>`coalesce(buckets, '')`, JSON.stringify(bucket));
  return sql<boolean>`(buckets is null or ${named})`;
}

const SIDES = { older: "<", newer: ">", at: "<=" } as const;

/** @param ownerId null for everybody's */
function ofOwner(db: Db, ownerId: string | null): Query {
  // A bound value would keep SQLite from its partial indexes.
  const query = db
    .selectFrom("keys")
    .selectAll()
    .where((eb) => eb("state", "<>", sql.lit("deleted")));
  return ownerId === null ? query : query.where("owner_id", "=", ownerId);
}

function readable(row: Selectable<Tables["keys"]>, onUnreadable: (row: string) => void): Key[] {
  const key = orUnreadable(() => toKey(row), onUnreadable);
  return key === null ? [] : [key];
}

const NAME = sql<string>`lower(key_name)`;
const IDS = sql<string>`lower(' ' || reference || ' ' || access_key_id)`;

const BUCKETS = sql<string>`lower(coalesce(buckets, ''))`;

/**
 * Whether a key has a word in its name, or opens a bucket by name that begins with it; ids are random inside, so they are found from
 * their beginning only.
 */
function isNamed({ holds }: Differences, word: string): RawBuilder<boolean> {
  // Each name stands in the list after a quote.
  const opensIt = holds(BUCKETS, JSON.stringify(word).slice(0, -1));
  if (word.length < MIN_ID_SEARCHED) return sql<boolean>`(${holds(NAME, word)} or ${opensIt})`;
  return sql<boolean>`(${holds(NAME, word)} or ${holds(IDS, ` ${word}`)} or ${opensIt})`;
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
