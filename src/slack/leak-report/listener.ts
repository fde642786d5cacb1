import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { z } from "zod";
import { MAX_KEYS_REPORTED } from "../../domain/limits";
import { deleteKey } from "../../workflow/delete";
import { pauseKey } from "../../workflow/pause-key";
import { lookAtLeak, reportLeak, type SeenLeak } from "../../workflow/report-leak";
import { outcomeView } from "../blocks/modals";
import { ACTIONS, SHORTCUTS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type Choice, onChoice } from "../interaction/on-choice";
import { onClick } from "../interaction/on-click";
import { onShortcut, type ShortcutUse } from "../interaction/on-shortcut";
import { openForm } from "../interaction/open-form";
import { aboutId } from "../interaction/refusal-trace";
import type { Drawn } from "../interaction/refused-form";
import { beside, outcomeBeside, type Reply, refused } from "../interaction/reply";
import { MALFORMED_INPUT } from "../payloads/malformed";
import { TITLES } from "../words/labels";
import { APPROVERS_TOLD, DELETE_MESSAGE, MORE_IDS, noIds, OWNER_TOLD, PASSED_ON } from "../words/leaks";
import { joined, type Sentence } from "../words/sentence";
import { findLeaks, type Leaks } from "./find-leaks";
import { leakView, urlOf } from "./view";

/** The shortcut on a message that leaks a key, and the buttons that it leads to. */
export function registerLeakReport(app: App, context: ListenerContext): void {
  const { ports } = context;
  onShortcut(app, context, { type: "message_action", callbackId: SHORTCUTS.reportLeak }, (use) => report(context, use));
  const pause = {
    actionId: ACTIONS.pauseLeaked,
    title: TITLES.leak,
    about: ({ value }: Choice) => aboutId("accessKeyId", value),
  };
  onChoice(app, context, pause, (choice) => pauseInView(context, choice));
  onClick(app, context, ACTIONS.pauseReported, async ({ actor, value }) =>
    outcomeBeside(await pauseKey(ports, { actor, accessKeyId: value })),
  );
  onClick(app, context, ACTIONS.deleteReported, async ({ actor, value }) =>
    outcomeBeside(await deleteKey(ports, { actor, accessKeyId: value })),
  );
}

/** A modal shows what came of it, also where the bot is no member; where Slack opens none, a line beside the message does. */
async function report(context: ListenerContext, use: ShortcutUse): Promise<Reply> {
  const leaks = findLeaks(use.message);
  let said: Reply | null = null;
  const opened = await openForm(context, use, TITLES.leak, async () => {
    const { drawn, reply } = await reported(context, use, leaks);
    said = reply;
    return drawn;
  });
  return opened.kind === "shown" ? opened : (said ?? opened);
}

/** @returns what the modal shows, and what is said where there is none */
async function reported(
  context: ListenerContext,
  { actor, useId, place }: ShortcutUse,
  { accessKeyIds, holdsSecret, isCut }: Leaks,
): Promise<{ drawn: Drawn; reply: Reply }> {
  const { ports, workspaceUrl } = context;
  const messageUrl = place && urlOf(workspaceUrl, place.channelId, place.ts);
  const outcome =
    accessKeyIds.length === 0
      ? await lookAtLeak(ports, { actor, accessKeyIds })
      : await reportLeak(ports, { actor, useId, accessKeyIds, holdsSecret, messageUrl });
  if (outcome.kind === "refused") return { drawn: outcome, reply: refused("beside", outcome) };
  const advice = [...(holdsSecret ? [DELETE_MESSAGE] : []), ...(isCut ? [MORE_IDS] : [])];
  if (outcome.kind === "seen") {
    const words = joined([noIds(ports.settings.approvers, holdsSecret), ...advice], " ");
    return { drawn: outcomeView(TITLES.leak, words), reply: beside(...words) };
  }
  const { seen, untold } = outcome;
  const told = untold ?? toldWords(seen);
  const view = viewOf(context, { said: [told, ...advice], seen, accessKeyIds });
  return untold
    ? { drawn: { kind: "refused_within", view, refusal: untold }, reply: refused("beside", untold) }
    : { drawn: view, reply: beside(...joined([toldWords(seen), ...advice], " ")) };
}

/** The same whether an id is of a key of ours or not, for whoever may do nothing about it. */
function toldWords({ keys, others }: SeenLeak): Sentence {
  if (others > 0) return PASSED_ON;
  return keys.some(({ as }) => as === "approver") ? OWNER_TOLD : APPROVERS_TOLD;
}

function viewOf(
  { ports, workspaceUrl }: ListenerContext,
  shown: Pick<Parameters<typeof leakView>[0], "said" | "seen" | "accessKeyIds">,
): ModalView {
  return leakView({ ...shown, workspaceUrl, ownAccessKeyId: ports.settings.ownAccessKeyId });
}

const keptIds = z.array(z.string().min(1).max(200)).max(MAX_KEYS_REPORTED);

/** The ids that the view is about: whoever sends it may have changed them, and sees of none more than of one that they report. */
function readKept(state: unknown): string[] {
  const { kept } = z.object({ kept: z.string() }).safeParse(state).data ?? { kept: "" };
  try {
    return keptIds.safeParse(JSON.parse(kept)).data ?? [];
  } catch {
    return [];
  }
}

async function pauseInView(context: ListenerContext, { actor, value, state }: Choice): Promise<Drawn> {
  if (value === null) return MALFORMED_INPUT;
  const accessKeyIds = readKept(state);
  const outcome = await pauseKey(context.ports, { actor, accessKeyId: value });
  const seen = await lookAtLeak(context.ports, { actor, accessKeyIds });
  if (seen.kind === "refused") return seen;
  const view = viewOf(context, { said: [outcome], seen, accessKeyIds });
  return outcome.kind === "refused" ? { kind: "refused_within", view, refusal: outcome } : view;
}
