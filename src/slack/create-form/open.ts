import type { ModalView } from "@slack/types";
import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { approvalFor, mayOpenForm } from "../../workflow/open-form";
import { outcomeView } from "../blocks/modals";
import type { Answer } from "../interaction/answer";
import type { Listening } from "../interaction/listening";
import { openForm } from "../interaction/open-form";
import { accessOf } from "./input";
import { createForm, type Draft } from "./view";

export const CREATE_TITLE = "Create an access key";

/** Opens the form for a new key, filled in with `draft`; who may not ask learns it in its place. */
export function openCreateForm(
  listening: Listening,
  asker: { actor: Actor; triggerId: string },
  draftOf: () => Promise<Draft | Refusal>,
): Promise<Answer> {
  return openForm(listening, asker.triggerId, CREATE_TITLE, async () => {
    const [may, draft] = await Promise.all([mayOpenForm(listening.ports, asker.actor), draftOf()]);
    if (may.kind === "refused") return outcomeView(CREATE_TITLE, may.sentence);
    if ("kind" in draft) return outcomeView(CREATE_TITLE, draft.sentence);
    return drawCreateForm(listening, asker.actor, draft, null);
  });
}

/** Draws the form for what is in it, with who would have to approve that. */
export async function drawCreateForm(
  { ports }: Listening,
  actor: Actor,
  draft: Draft,
  problem: Parameters<typeof createForm>[0]["problem"],
): Promise<ModalView> {
  return createForm({ draft, approval: await approvalFor(ports, actor, accessOf(draft)), problem });
}
