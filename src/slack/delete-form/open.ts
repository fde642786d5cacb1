import type { Actor } from "../../domain/person";
import { keysToDelete, keyToDelete } from "../../workflow/list";
import { outcomeView } from "../blocks/modals";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { deleteForm } from "./view";

/**
 * Opens the form that deletes a key.
 * @param named an access key id or a name from the command: that key is chosen already
 */
export function openDeleteForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  named: string | null,
): Promise<Reply> {
  const { ports } = context;
  const { actor } = asker;
  return openForm(context, asker, TITLES.delete, async () => {
    const [picked, any] = await Promise.all([
      named === null ? null : keyToDelete(ports, { actor, named }),
      keysToDelete(ports, { actor, search: "", limit: 1 }),
    ]);
    if ("kind" in any) return any;
    const problem = picked?.kind === "refused" ? picked : null;
    if (problem && (problem.code !== "no_such_key" || any.length === 0)) return problem;
    if (any.length === 0) return outcomeView(TITLES.delete, ["There is no key that you could delete."]);
    const view = deleteForm({ picked: picked?.kind === "found" ? picked.key : null, viewerId: actor.userId, problem });
    return problem ? { kind: "refused_within", view, refusal: problem } : view;
  });
}
