import { KEYS_PER_PAGE } from "../../domain/limits";
import type { Actor } from "../../domain/person";
import { listKeys, type Whose } from "../../workflow/list";
import type { KeyQuery } from "../../workflow/store-port";
import type { ListenerContext } from "../interaction/listener-context";
import { outcomeBeside, type Reply } from "../interaction/reply";
import { keyList } from "./view";

/** One page of keys, as a message; its first page stands beside, the others take its place. */
export async function replyWithKeys(
  { ports }: ListenerContext,
  query: { actor: Actor; whose: Whose; from: KeyQuery["from"] },
): Promise<Reply> {
  const page = await listKeys(ports, { ...query, pageSize: KEYS_PER_PAGE });
  if (page.kind === "refused") return outcomeBeside(page);
  const message = keyList({ page, whose: query.whose, viewerId: query.actor.userId });
  return { kind: "message", how: query.from === null ? "beside" : "instead", message };
}
