import type { ModalView } from "@slack/types";
import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { approvalFor, mayOpenForm } from "../../workflow/open-form";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import type { Draft } from "./draft";
import { accessOf } from "./input";
import { createForm } from "./view";

/** Opens the form for a new key, filled in with `draft`; who may not ask learns it in its place. */
export function openCreateForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  draftOf: () => Promise<Draft | Refusal>,
): Promise<Reply> {
  return openForm(context, asker, TITLES.create, async () => {
    const [may, draft] = await Promise.all([mayOpenForm(context.ports, asker.actor), draftOf()]);
    if (may.kind === "refused") return may;
    if ("kind" in draft) return draft;
    return drawCreateForm(context, asker.actor, draft, null);
  });
}

/** Draws the form for what is in it, with who would have to approve that. */
export async function drawCreateForm(
  { ports }: ListenerContext,
  actor: Actor,
  draft: Draft,
  problem: Parameters<typeof createForm>[0]["problem"],
): Promise<ModalView> {
  return createForm({ draft, approval: await approvalFor(ports, actor, accessOf(draft)), problem });
}
