import type { WebClient } from "@slack/web-api";
import type { Home } from "../../domain/person";
import { HOME_ASKED_EVERY_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";
import type { HomePort } from "../../workflow/home-port";
import type { Log } from "../../workflow/ports";
import { askIdentity } from "./identity";
import type { TroubleLog } from "./trouble-log";

/** Knows our workspace from the start, and asks Slack about its organization once more where somebody names another. */
export function createHome(parts: {
  first: Home;
  client: WebClient;
  clock: Pick<Clock, "monotonicMs">;
  log: Pick<Log, "info">;
  note: TroubleLog;
}): HomePort {
  const { first, client, clock, log, note } = parts;
  let home = first;
  let asked: { at: number; answer: Promise<Home> } | null = null;

  async function ask(): Promise<Home> {
    const identity = await askIdentity(client);
    if (identity.kind === "failed") {
      note({ event: "look.refused", method: "auth.test", code: identity.code });
      return home;
    }
    const { teamId, enterpriseId } = identity.home;
    // The database belongs to one workspace: only a start may find another.
    if (teamId !== home.teamId || enterpriseId === home.enterpriseId) return home;
    log.info({ event: "home.organization_changed", enterpriseId });
    home = { teamId, enterpriseId };
    return home;
  }

  return {
    known: () => home,
    askAgain: () => {
      const at = clock.monotonicMs();
      if (asked === null || at - asked.at >= HOME_ASKED_EVERY_MS) asked = { at, answer: ask() };
      return asked.answer;
    },
    noteOutsider: (actor, why) => note({ event: "outsider.refused", actor, why }),
  };
}
