import type { Actor } from "../../domain/person";
import { ownKeyDetails } from "../../workflow/key-details";
import type { ListenerContext } from "../interaction/listener-context";
import { outcomeBeside, type Reply } from "../interaction/reply";
import { cardMessage, cardUrl } from "./card-view";

/** A secret appears in the DM alone: anywhere else a click for one makes nothing, and leads its key's owner to the card there. */
export async function leadToCard(
  { ports, workspaceUrl }: ListenerContext,
  click: { actor: Actor; accessKeyId: string },
): Promise<Reply> {
  const found = await ownKeyDetails(ports, click);
  if (found.kind === "refused") return outcomeBeside(found);
  return { kind: "message", how: "beside", message: cardMessage(found.key, cardUrl(workspaceUrl, found.places)) };
}
