import type { ModalView } from "@slack/types";
import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { bucketTrouble } from "../../workflow/buckets";
import { approvalFor, lastFormat, mayOpenForm } from "../../workflow/open-form";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { type Draft, hasBucketSelect } from "./draft";
import { accessOf } from "./input";
import { createForm } from "./view";

/**
 * Opens the form for a new key, filled in with `draft`; who may not ask learns it in its place.
 * @param asker `channelId` is where they are, as far as the payload says
 */
export function openCreateForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor; channelId?: string | null },
  draftOf: () => Promise<Draft | Refusal>,
): Promise<Reply> {
  return openForm(context, asker, TITLES.create, async () => {
    const [may, draft] = await Promise.all([mayOpenForm(context.ports, asker.actor), draftOf()]);
    if (may.kind === "refused") return may;
    if ("kind" in draft) return draft;
    return drawCreateForm(context, asker.actor, { ...draft, openedIn: asker.channelId ?? null }, null);
  });
}

/** Draws the form for what is in it, with what can be chosen just now, and who would have to approve that. */
export async function drawCreateForm(
  { ports }: ListenerContext,
  actor: Actor,
  draft: Draft,
  problem: Parameters<typeof createForm>[0]["problem"],
): Promise<ModalView> {
  const { policy, approvers, handout } = ports.settings;
  const allBuckets = !ports.allBuckets.isRefused();
  const offered = allBuckets ? draft : { ...draft, allBuckets: false };
  const [approval, trouble, format] = await Promise.all([
    approvalFor(ports, actor, accessOf(offered)),
    hasBucketSelect(offered) ? bucketTrouble(ports) : null,
    draft.format ?? lastFormat(ports, actor),
  ]);
  return createForm({
    draft: { ...offered, format },
    offer: {
      rule: { approvalFor: policy.approvalFor, approvers },
      allBuckets,
      endpoints: handout.offered,
      bucketTrouble: trouble,
    },
    approval,
    problem,
  });
}
