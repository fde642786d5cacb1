import type { App } from "@slack/bolt";
import { outcomeView } from "../blocks/modals";
import { ACTIONS, CALLBACKS, OLDER, PAGING, SHORTCUTS } from "../ids";
import { readClick } from "../payloads/click";
import { TITLES } from "../words/labels";
import type { ListenerContext } from "./listener-context";
import { beside, MALFORMED, reply, replyInHome, senderOf } from "./reply";

/** The verb of what no listener knows: its own id is whatever its sender wrote. */
const UNKNOWN = "unknown";

/** What no listener knows, such as a button of an older version's: acknowledged, replied to, and nothing else. */
export function registerUnknown(app: App, context: ListenerContext): void {
  app.action({ type: "block_actions", action_id: others(actionIds()) }, async ({ ack, body }) => {
    await ack();
    const click = readClick(body);
    const isInHome = click.kind === "click" && click.isInHome;
    // Choices in a form that change nothing have no listener of their own either.
    if (click.kind === "click" && click.view !== null && !isInHome) return;
    const sender = senderOf(body);
    context.noteRefusal({ actor: sender.userId, verb: UNKNOWN, about: {} }, "malformed");
    if (isInHome) return replyInHome(context, click, beside(...MALFORMED));
    await reply(context, sender, beside(...MALFORMED));
  });
  app.view({ type: "view_submission", callback_id: others(Object.values(CALLBACKS)) }, async ({ ack, body }) => {
    context.noteRefusal({ actor: senderOf(body).userId, verb: UNKNOWN, about: {} }, "malformed");
    await ack({ response_action: "update", view: outcomeView(TITLES.any, MALFORMED) });
  });
  app.shortcut({ callback_id: others(Object.values(SHORTCUTS)) }, async ({ ack, body }) => {
    await ack();
    const sender = senderOf(body);
    context.noteRefusal({ actor: sender.userId, verb: UNKNOWN, about: {} }, "malformed");
    await reply(context, sender, beside(...MALFORMED));
  });
  app.options<"block_suggestion">(
    {
      action_id: others([
        ACTIONS.buckets,
        ACTIONS.lessBuckets,
        ACTIONS.pickedKey,
        ACTIONS.rotatedKey,
        ACTIONS.accessBuckets,
        ACTIONS.homeBucket,
      ]),
    },
    ({ ack }) => ack({ options: [] }),
  );
}

/** A menu's own id is nobody's: what was chosen in it goes by the button's. */
function actionIds(): string[] {
  const { menu: _menu, ...buttons } = ACTIONS;
  return [
    ...Object.values(buttons),
    ...Object.values(OLDER).map(({ action }) => action),
    ...Object.values(PAGING).flatMap((sides) => Object.values(sides)),
  ];
}

/** Matches every id but these. Ids are of letters and underscores, so they need no escaping. */
function others(ids: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${ids.join("|")})$)`, "s");
}
