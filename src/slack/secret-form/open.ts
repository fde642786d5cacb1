import type { Actor } from "../../domain/person";
import { keyToAskFor } from "../../workflow/ask-secret";
import { outcomeView } from "../blocks/modals";
import type { ListenerContext } from "../interaction/listener-context";
import { openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { refusalWords } from "../words/refusals";
import { secretForm } from "./view";

/** Opens the form that asks for a new secret of a key. @param reason what was typed the last time */
export function openSecretForm(
  context: ListenerContext,
  asker: { actor: Actor; triggerId: string },
  { accessKeyId, reason }: { accessKeyId: string; reason: string },
): Promise<Reply> {
  return openForm(context, asker.triggerId, TITLES.secret, async () => {
    const found = await keyToAskFor(context.ports, { actor: asker.actor, accessKeyId });
    if (found.kind === "refused") return outcomeView(TITLES.secret, refusalWords(found));
    return secretForm({ key: found.key, reason, problem: null });
  });
}
