import type { Actor } from "../../domain/person";
import { keysToDelete, keyToDelete } from "../../workflow/list";
import { outcomeView } from "../blocks/modals";
import type { ListenerContext } from "../interaction/listener-context";
import { openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { deleteForm } from "./view";

export const DELETE_TITLE = "Delete an access key";

/**
 * Opens the form that deletes a key.
 * @param named an access key id or a name from the command: that key is chosen already
 */
export function openDeleteForm(
  context: ListenerContext,
  asker: { actor: Actor; triggerId: string },
  named: string | null,
): Promise<Reply> {
  const { ports } = context;
  const { actor, triggerId } = asker;
  return openForm(context, triggerId, DELETE_TITLE, async () => {
    const [picked, any] = await Promise.all([
      named === null ? null : keyToDelete(ports, { actor, named }),
      keysToDelete(ports, { actor, search: "", limit: 1 }),
    ]);
    if ("kind" in any) return outcomeView(DELETE_TITLE, any.sentence);
    if (picked?.kind === "refused") return outcomeView(DELETE_TITLE, picked.sentence);
    if (any.length === 0) return outcomeView(DELETE_TITLE, ["There is no key that you could delete."]);
    return deleteForm({ picked: picked?.key ?? null, viewerId: actor.userId });
  });
}
