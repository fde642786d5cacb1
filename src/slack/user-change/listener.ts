import type { App } from "@slack/bolt";
import { noteUserChanged } from "../../workflow/look-at-owner";
import type { ListenerContext } from "../interaction/listener-context";
import { withFallback } from "../interaction/with-fallback";
import { changedUserOf } from "./input";

/** Something about somebody changed in Slack (`user_change`): a hint to look at them afresh. Nothing else goes by what it says. */
export function registerUserChange(app: App, context: ListenerContext): void {
  const { ports } = context;
  app.event("user_change", async ({ body }) => {
    const userId = changedUserOf(body);
    const deed = { actor: userId, verb: "user_change", about: {} };
    if (userId === null) return context.noteRefusal(deed, "malformed");
    await withFallback(
      context,
      "user_change",
      () => noteUserChanged(ports, userId),
      () => undefined,
    );
  });
}
