import type { ModalView } from "@slack/types";
import type { Actor } from "../../domain/person";
import { lastsBy, rulesFor } from "../../domain/policy/judge";
import type { Lasts, Policy } from "../../domain/policy/rule";
import type { Refusal } from "../../domain/refusal";
import { bucketTrouble } from "../../workflow/buckets";
import { approvalFor, lastFormat, mayOpenForm } from "../../workflow/open-form";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { type Draft, hasBucketSelect } from "./draft";
import { accessOf, judgedAccess } from "./input";
import { type ApprovalNeeded, createForm } from "./view";

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
  const { handout } = ports.settings;
  const { policy } = await ports.policy.inForce();
  const allBuckets = !ports.allBuckets.isRefused();
  const offered = allBuckets ? draft : { ...draft, allBuckets: false };
  const [approval, trouble, format] = await Promise.all([
    approvalOf(ports, actor, { draft: offered, policy }),
    hasBucketSelect(offered) ? bucketTrouble(ports) : null,
    draft.format ?? lastFormat(ports, actor),
  ]);
  return createForm({
    draft: { ...offered, format },
    offer: {
      policy,
      allBuckets,
      endpoints: handout.offered,
      bucketTrouble: trouble,
    },
    approval,
    lasts: lastsOf(offered, policy),
    problem,
  });
}

/** By the rules for what is in the form; before any bucket is chosen, for whichever other one. */
function lastsOf(draft: Draft, policy: Policy): Lasts | null {
  const rules = rulesFor(judgedAccess(accessOf(draft)), policy);
  return rules.length === 0 ? null : lastsBy(rules);
}

/** Who would have to approve what is in the form; nobody while nothing is chosen by which that could be said. */
async function approvalOf(
  ports: ListenerContext["ports"],
  { userId }: Actor,
  { draft, policy }: { draft: Draft; policy: Policy },
): Promise<ApprovalNeeded> {
  const chosen = accessOf(draft);
  const access = judgedAccess(chosen);
  const approval = await approvalFor(ports, { access, policy, ids: [userId] });
  return "code" in approval && approval.code === "no_rule" && access !== chosen ? [] : approval;
}
