import { OPEN_STATES } from "../domain/request";
import type { Reads } from "../workflow/store-port";
import type { Db } from "./database";
import { toRequest } from "./requests";
import { orUnreadable } from "./shapes";

/** What is read of requests about a key that is there. */
export type AboutReads = Pick<Reads["requests"], "hasOpenAbout" | "hasOpenRotation" | "findOpenAbout" | "usedAbout">;

export function aboutReads(db: Db, onUnreadable: (row: string) => void): AboutReads {
  return {
    hasOpenAbout: async (accessKeyId) => (await openAbout(db, accessKeyId)) !== undefined,
    hasOpenRotation: async (accessKeyId) => {
      const row = await db
        .selectFrom("requests")
        .select("id")
        .where("access_key_id", "=", accessKeyId)
        .where("kind", "=", "key")
        .where("state", "in", OPEN_STATES)
        .executeTakeFirst();
      return row !== undefined;
    },
    findOpenAbout: async (accessKeyId) => {
      const row = await openAbout(db, accessKeyId);
      return orUnreadable(() => toRequest(row), onUnreadable);
    },
    usedAbout: async (accessKeyId) => {
      const rows = await db
        .selectFrom("requests")
        .selectAll()
        .where("access_key_id", "=", accessKeyId)
        // What was said of the key that takes its place is no yes to this one.
        .where("kind", "<>", "key")
        .where("state", "=", "made")
        .execute();
      return rows.map((row) => orUnreadable(() => toRequest(row), onUnreadable)).filter((request) => request !== null);
    },
  };
}

function openAbout(db: Db, accessKeyId: string) {
  return db
    .selectFrom("requests")
    .selectAll()
    .where("access_key_id", "=", accessKeyId)
    .where("kind", "<>", "key")
    .where("state", "in", OPEN_STATES)
    .executeTakeFirst();
}
