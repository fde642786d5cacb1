import type { Actor } from "../../domain/person";
import { keysToDelete, keyToDelete, pickedKey } from "../../workflow/keys-to-delete";
import { outcomeView } from "../blocks/modals";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Drawn } from "../interaction/refused-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import type { Kept } from "./kept";
import { deleteForm, deleteThisForm } from "./view";

/** Which key: any, one that the command names by its id or name, or the one of a row, of a list or a Home. */
export type Meant =
  | { kind: "any" }
  | { kind: "named"; named: string }
  | { kind: "key"; accessKeyId: string; from: Kept["from"] };

/** Opens the form that deletes a key. A key that is known already stands in it as text. */
export function openDeleteForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  meant: Meant,
): Promise<Reply> {
  const { actor } = asker;
  return openForm(context, asker, TITLES.delete, () => {
    switch (meant.kind) {
      case "any":
        return pickForm(context, actor);
      case "named":
        return namedForm(context, actor, meant.named);
      case "key":
        return rowForm(context, actor, meant);
    }
  });
}

async function rowForm(
  { ports }: ListenerContext,
  actor: Actor,
  { accessKeyId, from }: Extract<Meant, { kind: "key" }>,
): Promise<Drawn> {
  const picked = await pickedKey(ports, { actor, accessKeyId });
  return picked.kind === "refused" ? picked : deleteThisForm({ key: picked.key, viewerId: actor.userId, from });
}

async function namedForm({ ports }: ListenerContext, actor: Actor, named: string): Promise<Drawn> {
  const viewerId = actor.userId;
  const [found, any] = await Promise.all([keyToDelete(ports, { actor, named }), anyKey(ports, actor)]);
  switch (found.kind) {
    case "found":
      return deleteThisForm({ key: found.key, viewerId, from: null });
    case "several":
      return deleteForm({ picked: null, viewerId, named });
    case "refused": {
      if (found.code !== "no_such_key" || "kind" in any || any.length === 0) return found;
      return {
        kind: "refused_within",
        view: deleteForm({ picked: null, viewerId, problem: found.about }),
        refusal: found,
      };
    }
  }
}

async function pickForm({ ports }: ListenerContext, actor: Actor): Promise<Drawn> {
  const any = await anyKey(ports, actor);
  if ("kind" in any) return any;
  if (any.length === 0) return outcomeView(TITLES.delete, ["There is no key that you could delete."]);
  return deleteForm({ picked: null, viewerId: actor.userId });
}

function anyKey(ports: ListenerContext["ports"], actor: Actor): ReturnType<typeof keysToDelete> {
  return keysToDelete(ports, { actor, search: "", named: null, limit: 1 });
}
