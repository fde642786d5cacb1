import { sql } from "kysely";
import type { Differences } from "../database";

/** What PostgreSQL says in its own way. A search reads the keys that are not deleted: it needs no extension. */
export const POSTGRES: Differences = {
  jsonText: (column, key) => sql`(${sql.ref(column)}::json ->> ${sql.lit(key)})`,
  least: (one, other) => sql`least(${one}, ${other})`,
  most: (one, other) => sql`greatest(${one}, ${other})`,
  holds: (text, part) => sql`strpos(${text}, ${part}) > 0`,
  skipLocked: (query) => query.forUpdate().skipLocked() as typeof query,
  keysWith: async () => null,
  indexKey: async () => {},
  unindexKey: async () => {},
};
