import type { Actor } from "../../domain/person";
import { listKeys, type Whose } from "../../workflow/list";
import type { KeyQuery } from "../../workflow/store-port";
import type { ListenerContext } from "../interaction/listener-context";
import { beside, type Reply } from "../interaction/reply";
import { keyList, PAGE_SIZE } from "./view";

/** One page of keys, as a message; its first page stands beside, the others take its place. */
export async function replyWithKeys(
  { ports }: ListenerContext,
  query: { actor: Actor; whose: Whose; from: KeyQuery["from"] },
): Promise<Reply> {
  const page = await listKeys(ports, { ...query, pageSize: PAGE_SIZE });
  if (page.kind === "refused") return beside(...page.sentence);
  const message = keyList({ page, whose: query.whose, viewerId: query.actor.userId });
  return { kind: "message", how: query.from === null ? "beside" : "instead", message };
}
