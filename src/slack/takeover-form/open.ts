import type { Actor } from "../../domain/person";
import { keysToTakeOver } from "../../workflow/ask-takeover";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Reply } from "../interaction/reply";
import { slackId } from "../payloads/actor";
import { TITLES } from "../words/labels";
import { takeoverForm } from "./view";

/** Opens the form in which somebody takes over keys. @param of `reason`: what was typed the last time */
export function openTakeoverForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  of: { fromId: string; reason: string },
): Promise<Reply> {
  const fromId = slackId.safeParse(of.fromId).data ?? "";
  return openForm(context, asker, TITLES.takeover, async () => {
    const found = await keysToTakeOver(context.ports, { actor: asker.actor, fromId });
    return found.kind === "refused"
      ? found
      : takeoverForm({ fromId, keys: found.keys, chosen: null, reason: of.reason, problem: null });
  });
}
