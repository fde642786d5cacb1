import type { Actor } from "../../domain/person";
import { type AskedOfKey, keyToAskFor } from "../../workflow/ask-secret";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { secretForm } from "./view";

/** Opens the form that asks for something about a key. @param reason what was typed the last time */
export function openSecretForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  { kind, accessKeyId, reason }: { kind: AskedOfKey; accessKeyId: string; reason: string },
): Promise<Reply> {
  return openForm(context, asker, TITLES[kind], async () => {
    const found = await keyToAskFor(context.ports, { actor: asker.actor, accessKeyId, kind });
    return found.kind === "refused" ? found : secretForm({ kind, key: found.key, reason, problem: null });
  });
}
