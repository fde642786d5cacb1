import { applied } from "../slack/driver/screen";
import type { Frame, Screen } from "../slack/person/shown";

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;

/**
 * Follows somebody's screen, and connects again by itself when the connection is lost.
 * @param onScreen gets each new screen; null while there is no connection
 * @returns how to stop
 */
export function followScreen(personId: string, onScreen: (screen: Screen | null) => void): () => void {
  let isOver = false;
  let screen: Screen | null = null;
  let pauseMs = FIRST_PAUSE_MS;
  let socket = connect();

  function connect(): WebSocket {
    const opened = new WebSocket(`ws://${window.location.host}/sandbox/people/${personId}`);
    opened.addEventListener("message", ({ data }) => {
      pauseMs = FIRST_PAUSE_MS;
      screen = applied(screen ?? emptyScreen(personId), JSON.parse(String(data)) as Frame);
      onScreen(screen);
    });
    opened.addEventListener("close", () => {
      if (isOver) return;
      screen = null;
      onScreen(null);
      window.setTimeout(() => {
        if (!isOver) socket = connect();
      }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
    return opened;
  }

  return () => {
    isOver = true;
    socket.close();
  };
}

function emptyScreen(personId: string): Screen {
  return { personId, channels: [], modal: null, toasts: [] };
}
