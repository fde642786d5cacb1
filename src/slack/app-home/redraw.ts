import { APP_HOME_BUSY_PAUSE_MS, APP_HOME_DRAWN_EVERY_MS, APP_HOME_LIVE_MS } from "../../domain/limits";
import type { Sent } from "../../workflow/outbox-message";
import { type DrawPorts, drawHome } from "./draw";

/** Draws a Home again after something that it shows has changed, as long as somebody may still be looking at it. */
export async function redrawHome(ports: DrawPorts, userId: string): Promise<Sent> {
  const { store } = ports;
  const home = await store.appHomes.find(userId);
  const at = store.now();
  if (home === null || at - home.openedAt >= APP_HOME_LIVE_MS) return NOTHING_TO_DRAW;
  const sinceMs = at - home.drawnAt;
  // What they did in it has its drawing at once, also where that failed.
  const isAsked = home.acts !== home.drawnActs;
  if (!isAsked && sinceMs >= 0 && sinceMs < APP_HOME_DRAWN_EVERY_MS)
    return { kind: "not_yet", afterMs: APP_HOME_DRAWN_EVERY_MS - sinceMs };
  const drawn = await drawHome(ports, { userId, actor: null });
  switch (drawn.kind) {
    case "drawn":
    case "unknown":
      return NOTHING_TO_DRAW;
    case "left":
      return { kind: "not_yet", afterMs: APP_HOME_BUSY_PAUSE_MS };
    case "failed":
      return HOPELESS.has(drawn.code)
        ? { kind: "never", code: drawn.code }
        : { kind: "later", code: drawn.code, afterMs: drawn.retryAfterMs };
  }
}

/** It is as it should be. */
const NOTHING_TO_DRAW: Sent = { kind: "sent", isPosted: false };

/** Codes of Slack's that no repetition cures (`views.publish`); `not_enabled`: the Home tab is off in the app's settings. */
const HOPELESS = new Set(["not_enabled", "user_not_found", "invalid_arguments", "view_too_large"]);
