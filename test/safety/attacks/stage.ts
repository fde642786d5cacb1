import { approvalsCard, askForAdmin, askForReadOnly, card, reveal } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import type { World } from "../../kit/world";
import { allSent, requestsFor, rowsIn } from "./rows";

/** What belongs to Dana, and what others try to get at: a request in each open state, and a key with its delivery. */
export type Stage = { pending: string; approved: string; key: string; delivery: string };
export type Thing = keyof Stage;

/** Names of what is staged: whoever may not see it must not read one of them. */
export const STAGED_NAMES = { pending: "waiting-one", approved: "allowed-one", key: "living-one" };

/** Plays until everything staged is there, and no message is owed any more. */
export async function setStage(world: World): Promise<Stage> {
  const { dana, ann, databaseFile } = world;
  await askForReadOnly(dana, STAGED_NAMES.key);
  const { accessKeyId } = await reveal(dana, STAGED_NAMES.key);
  await askForAdmin(world, dana, STAGED_NAMES.approved);
  await ann.press("Approve", { in: APPROVALS, message: ({ text }) => text.includes(STAGED_NAMES.approved) });
  await dana.until("the approval", () => card(dana, STAGED_NAMES.approved)?.text.includes("was approved by @ann"));
  await askForAdmin(world, dana, STAGED_NAMES.pending);
  await ann.until("the last card", () => approvalsCard(world, STAGED_NAMES.pending));
  await allSent(databaseFile);
  const rows = rowsIn(databaseFile);
  const request = (name: string) => String(requestsFor(name, rows)[0]?.id);
  return {
    pending: request(STAGED_NAMES.pending),
    approved: request(STAGED_NAMES.approved),
    key: accessKeyId,
    delivery: String(rows.keys?.[0]?.delivery_id),
  };
}
