import type { Key, KeyKind } from "../domain/key";
import type { Reads } from "../workflow/store-port";
import type { Db } from "./database";
import { toKey } from "./keys";
import { orUnreadable } from "./shapes";

/** Keys that have no power, and get none any more: those that are off go with their request. */
export const NOT_LIVING = ["off", "deleting", "deleted"] as const satisfies readonly KeyKind[];

/** Who owns keys that live. */
export function keyOwnerReads(
  db: Db,
  onUnreadable: (row: string) => void,
): Pick<Reads["keys"], "countOwners" | "livingOf" | "countLivingOf" | "takenFrom"> {
  return {
    countOwners: async () => {
      const row = await db
        .selectFrom("keys")
        .select((eb) => eb.fn.count<number>("owner_id").distinct().as("count"))
        .where("state", "not in", NOT_LIVING)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    livingOf: async (ownerId, limit) => {
      const rows = await db
        .selectFrom("keys")
        .selectAll()
        .where("owner_id", "=", ownerId)
        .where("state", "not in", NOT_LIVING)
        .orderBy("made_at")
        .orderBy("access_key_id")
        .limit(limit)
        .execute();
      return rows.flatMap((row): Key[] => {
        const key = orUnreadable(() => toKey(row), onUnreadable);
        return key === null ? [] : [key];
      });
    },
    countLivingOf: async (ownerId) => {
      const row = await db
        .selectFrom("keys")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("owner_id", "=", ownerId)
        .where("state", "not in", NOT_LIVING)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    takenFrom: (requesterId, limit) =>
      db
        .selectFrom("requests")
        .innerJoin("keys", "keys.request_id", "requests.id")
        .select(["keys.key_name as keyName", "keys.owner_id as ownerId"])
        .where("requests.requester_id", "=", requesterId)
        .where("keys.owner_id", "!=", requesterId)
        .where("keys.state", "not in", NOT_LIVING)
        .orderBy("keys.made_at")
        .orderBy("keys.access_key_id")
        .limit(limit)
        .execute(),
  };
}
