import type { App } from "@slack/bolt";
import { denyRequest, mayStillDeny } from "../../workflow/decide";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { onClick, redraw } from "../interaction/on-click";
import { onSubmit } from "../interaction/on-submit";
import { openForm } from "../interaction/open-form";
import { aboutId } from "../interaction/refusal-trace";
import { TITLES } from "../words/labels";
import { readDenyForm } from "./input";
import { denyForm } from "./view";

/** The form for the reason of a denial: the button on the approvals card that opens it, and its sending. */
export function registerDenyForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  onClick(app, context, ACTIONS.deny, (click) =>
    openForm(context, click, TITLES.deny, async () => {
      const may = await mayStillDeny(ports, { actor: click.actor, requestId: click.value });
      if (may.kind === "may") return denyForm(may.request);
      await redraw(context, click, "approvals");
      return may;
    }),
  );
  const form = { callbackId: CALLBACKS.deny, title: TITLES.deny, working: "Denying the request…" };
  onSubmit(app, context, form, {
    read: readDenyForm,
    verb: ({ actor }, { requestId, reason }) => denyRequest(ports, { actor, requestId, reason }),
    about: ({ requestId }) => aboutId("requestId", requestId),
  });
}
