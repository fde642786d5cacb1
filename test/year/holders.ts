import type { Organization } from "../../sandbox/tigris/organization";
import { MINUTE_MS } from "../../src/domain/limits";
import type { TestDatabase } from "../kit/database";
import { OWN_KEY } from "../kit/people";

/** A key that works at Tigris though nobody is to hold it: by which rule, and since when by the record. */
export type Holderless = { accessKeyId: string; why: "not_on_record" | "off" | "held" | "owner_left"; at: number };

/** A hold that is older than this is to be carried out at Tigris. */
const HELD_MS = 10 * MINUTE_MS;

type Row = { id: string; owner: string; state: string; pause: string };

/**
 * The keys that can open something at Tigris, and have no owner who is there, said that they hold the secret, and whom nothing of
 * the record keeps from it.
 * @param mayStay whether the key of somebody who left may still work, for its grace
 */
export async function keysWithoutHolder(about: {
  organization: Organization;
  database: TestDatabase;
  at: number;
  isThere: (userId: string) => boolean;
  mayStay: (userId: string) => boolean;
}): Promise<Holderless[]> {
  const { organization, database, at, isThere, mayStay } = about;
  const rows = await database.rows<Row>(
    "select access_key_id as id, owner_id as owner, state, pause_json as pause from keys where state <> 'deleted'",
  );
  const recorded = new Map(rows.map((row) => [row.id, row]));
  const found: Holderless[] = [];
  for (const { accessKeyId, status, bucketsRole } of organization.keys.values()) {
    if (accessKeyId === OWN_KEY.accessKeyId || status === "inactive" || bucketsRole.length === 0) continue;
    const why = whyWithout(recorded.get(accessKeyId));
    if (why !== null) found.push({ accessKeyId, why, at });
  }
  return found;

  function whyWithout(row: Row | undefined): Holderless["why"] | null {
    if (row === undefined) return "not_on_record";
    if (row.state === "off") return "off";
    const { holds } = JSON.parse(row.pause) as { holds: { at: number }[] };
    if (holds.some((hold) => at - hold.at > HELD_MS)) return "held";
    return isThere(row.owner) || mayStay(row.owner) ? null : "owner_left";
  }
}
