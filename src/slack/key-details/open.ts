import type { Actor } from "../../domain/person";
import { keyDetails } from "../../workflow/key-details";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { cardUrl } from "./card-view";
import { keyDetailsView } from "./view";

/** Opens what is known of a key. */
export function openDetails(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  accessKeyId: string,
): Promise<Reply> {
  const { ports, workspaceUrl } = context;
  const { actor } = asker;
  return openForm(context, asker, TITLES.key, async () => {
    const found = await keyDetails(ports, { actor, accessKeyId });
    if (found.kind === "refused") return found;
    const { handout } = ports.settings;
    const isOwn = found.key.ownerId === actor.userId;
    return keyDetailsView({ ...found, cardUrl: isOwn ? cardUrl(workspaceUrl, found.places) : null, handout });
  });
}
