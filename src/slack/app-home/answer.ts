import { tell } from "../../workflow/change";
import { errorCode } from "../../workflow/error-code";
import type { Ports } from "../../workflow/ports";
import { outcomeView } from "../blocks/modals";
import { called } from "../clients/call";
import type { AnswerInHome } from "../interaction/listener-context";
import { TITLES } from "../words/labels";
import type { Sentence } from "../words/sentence";
import { type DrawPorts, drawHome } from "./draw";

/**
 * Makes what answers clicks in Homes. What was done stands at the top of the Home, and shows in its row; a no opens before it,
 * since whoever clicked far below would not see it. Where neither can be shown it goes to the DM.
 */
export function createAnswerInHome(ports: DrawPorts & Ports): AnswerInHome {
  const { store, log, client } = ports;

  async function opens(triggerId: string, sentence: Sentence): Promise<boolean> {
    const view = outcomeView(TITLES.any, sentence);
    return (await called(client.views.open({ trigger_id: triggerId, view }))).kind === "ok";
  }

  async function draws(actor: Parameters<AnswerInHome>[0]["actor"], said: Sentence | null): Promise<boolean> {
    try {
      await store.appHomes.acted(actor.userId, { said });
      const drawn = await drawHome(ports, { userId: actor.userId, actor });
      if (drawn.kind === "failed") log.warn({ event: "app_home.not_drawn", code: drawn.code });
      return drawn.kind !== "failed";
    } catch (error) {
      log.error({ event: "listener.failed", what: "app_home", code: errorCode(error) });
      return false;
    }
  }

  return async ({ actor, triggerId }, { sentence, isRefusal }) => {
    const isOpen = isRefusal && sentence !== null && (await opens(triggerId, sentence));
    const isDrawn = await draws(actor, isOpen ? null : sentence);
    if (sentence === null || isOpen || isDrawn || (await opens(triggerId, sentence))) return;
    const written = { code: "written", about: { sentence } } as const;
    await tell(ports, { kind: "notice", userId: actor.userId, notice: written });
  };
}
