import type { ModalView } from "@slack/types";
import { compareWithKey, needsAsking, settledAccess } from "../../domain/access-change";
import type { Key } from "../../domain/key";
import type { Access } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { bucketTrouble } from "../../workflow/buckets";
import { keyToChange } from "../../workflow/change-access";
import { lookingFor } from "../../workflow/check-person";
import { approvalFor } from "../../workflow/open-form";
import { hasBucketSelect } from "../create-form/draft";
import { accessOf, judgedAccess } from "../create-form/input";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { type AccessDraft, draftOf } from "./draft";
import { accessForm } from "./view";

/** Opens the form for what a key opens. @param wanted what was asked for the last time; the form shows what the key has otherwise */
export function openAccessForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  accessKeyId: string,
  wanted: { access: Access; reason: string } | null = null,
): Promise<Reply> {
  const { actor } = asker;
  return openForm(context, asker, TITLES.access, async () => {
    const found = await findToDraw(context, actor, accessKeyId);
    if (found.kind === "refused") return found;
    const { access, reason } = wanted ?? { access: settledAccess(found.key), reason: "" };
    return draw(context, actor, { key: found.key, draft: draftOf(found.key, access, reason), problem: null });
  });
}

/** Draws the form again for what is in it; who may not change the key learns it in its place. */
export async function redrawAccessForm(
  context: ListenerContext,
  actor: Actor,
  { draft, problem }: Pick<Shown, "draft" | "problem">,
): Promise<ModalView | Refusal> {
  const found = await findToDraw(context, actor, draft.accessKeyId);
  return found.kind === "refused" ? found : draw(context, actor, { key: found.key, draft, problem });
}

function findToDraw({ ports }: ListenerContext, actor: Actor, accessKeyId: string) {
  return keyToChange(lookingFor("form", ports), { actor, accessKeyId });
}

type Shown = { key: Key; draft: AccessDraft; problem: Parameters<typeof accessForm>[0]["problem"] };

async function draw({ ports }: ListenerContext, { userId }: Actor, shown: Shown): Promise<ModalView> {
  const { key } = shown;
  const allBuckets = !ports.allBuckets.isRefused();
  const draft = allBuckets ? shown.draft : { ...shown.draft, allBuckets: false };
  const access = accessOf(draft);
  const isChosen = access.buckets.kind === "all" || access.buckets.names.length > 0;
  const comparison = isChosen ? compareWithKey(key, access) : null;
  const { policy } = await ports.policy.inForce();
  const isMore = comparison !== null && needsAsking(comparison);
  const [approval, trouble] = await Promise.all([
    isMore ? approvalFor(ports, { access: judgedAccess(access), policy, ids: [userId] }) : [],
    hasBucketSelect(draft) ? bucketTrouble(ports) : null,
  ]);
  return accessForm({
    ...shown,
    draft,
    comparison,
    offer: { policy, allBuckets, bucketTrouble: trouble },
    approval,
  });
}
