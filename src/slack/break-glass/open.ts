import type { ModalView } from "@slack/types";
import type { Actor } from "../../domain/person";
import type { BreakGlass } from "../../domain/policy/rule";
import { whyNotBreakAnew } from "../../workflow/break-glass";
import { bucketTrouble } from "../../workflow/buckets";
import { requireGlassBreaker } from "../../workflow/check-glass-breaker";
import { lookingFor } from "../../workflow/check-person";
import { lastFormat } from "../../workflow/open-form";
import type { Draft } from "../create-form/draft";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { breakGlassForm } from "./form";

/**
 * Opens the form that breaks the glass, filled in with `draft`; who may not learns it in its place.
 * @param asker `channelId` is where they are, as far as the payload says
 */
export function openBreakGlass(
  context: ListenerContext,
  asker: Asker & { actor: Actor; channelId?: string | null },
  draft: Draft,
): Promise<Reply> {
  return openForm(context, asker, TITLES.breakGlass, async () => {
    const may = await requireGlassBreaker(lookingFor("form", context.ports), asker.actor);
    if (may.kind === "refused") return may;
    const whyNot = await whyNotBreakAnew(context.ports, asker.actor.userId);
    if (whyNot) return whyNot;
    const { glass } = may;
    return drawBreakGlass(context, asker.actor, {
      draft: { ...draft, openedIn: asker.channelId ?? null },
      glass,
      problem: null,
    });
  });
}

/** Draws the form for what is in it, with what can be chosen just now. */
export async function drawBreakGlass(
  { ports }: ListenerContext,
  actor: Actor,
  shown: { draft: Draft; glass: BreakGlass; problem: Parameters<typeof breakGlassForm>[0]["problem"] },
): Promise<ModalView> {
  const { draft } = shown;
  const [trouble, format] = await Promise.all([bucketTrouble(ports), draft.format ?? lastFormat(ports, actor)]);
  const allBuckets = !ports.allBuckets.isRefused();
  return breakGlassForm({
    ...shown,
    draft: { ...draft, format, allBuckets: allBuckets && draft.allBuckets },
    offer: { allBuckets, endpoints: ports.settings.handout.offered, bucketTrouble: trouble },
  });
}
