import type { App } from "@slack/bolt";
import { readShortcut, type Shortcut } from "../payloads/shortcut";
import type { ListenerContext } from "./listener-context";
import type { Deed } from "./refusal-trace";
import { beside, MALFORMED, type Reply, reply, senderOf } from "./reply";
import { withFallback } from "./with-fallback";

/** The use of a shortcut, and what it is in the trace of a refusal. */
export type ShortcutUse = Shortcut & { deed: Deed };

/** Registers what a shortcut does: acknowledged first, then its verb, then a reply where it did not show itself. */
export function onShortcut(
  app: App,
  context: ListenerContext,
  { type, callbackId }: { type: "shortcut" | "message_action"; callbackId: string },
  verb: (use: ShortcutUse) => Promise<Reply>,
): void {
  app.shortcut({ type, callback_id: callbackId }, async ({ ack, body }) => {
    await ack();
    const shortcut = readShortcut(body);
    if (shortcut.kind === "malformed") {
      const sender = senderOf(body);
      context.noteRefusal({ actor: sender.userId, verb: callbackId, about: {} }, "malformed");
      return reply(context, sender, beside(...MALFORMED));
    }
    const { actor, responseUrl } = shortcut;
    const deed = { actor: actor.userId, verb: callbackId, about: {} };
    const said = await withFallback(
      context,
      callbackId,
      () => verb({ ...shortcut, deed }),
      (words) => beside(...words),
    );
    if (said.kind === "refused") context.noteRefusal(deed, said.refusal);
    await reply(context, { userId: actor.userId, responseUrl }, said);
  });
}
