import type { Actor } from "../../domain/person";
import { keyToAskFor } from "../../workflow/ask-secret";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { secretForm } from "./view";

/** Opens the form that asks for a new secret of a key. @param reason what was typed the last time */
export function openSecretForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  { accessKeyId, reason }: { accessKeyId: string; reason: string },
): Promise<Reply> {
  return openForm(context, asker, TITLES.secret, async () => {
    const found = await keyToAskFor(context.ports, { actor: asker.actor, accessKeyId });
    return found.kind === "refused" ? found : secretForm({ key: found.key, reason, problem: null });
  });
}
