import { applied } from "../slack/driver/screen";
import type { Frame, Screen } from "../slack/person/shown";

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;

/**
 * Follows what the sandbox sends over a WebSocket, and connects again by itself when the connection is lost.
 * @param onData gets each frame
 * @param onLost called when there is no connection any more
 * @returns how to stop
 */
export function follow(path: string, onData: (data: unknown) => void, onLost: () => void): () => void {
  let isOver = false;
  let pauseMs = FIRST_PAUSE_MS;
  let socket = connect();

  function connect(): WebSocket {
    const opened = new WebSocket(`ws://${window.location.host}${path}`);
    opened.addEventListener("message", ({ data }) => {
      pauseMs = FIRST_PAUSE_MS;
      if (!isOver) onData(JSON.parse(String(data)));
    });
    opened.addEventListener("close", () => {
      if (isOver) return;
      onLost();
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

/** Follows somebody's screen. @param onScreen gets each new screen; null while there is no connection */
export function followScreen(personId: string, onScreen: (screen: Screen | null) => void): () => void {
  let screen: Screen | null = null;
  return follow(
    `/sandbox/people/${personId}`,
    (frame) => {
      screen = applied(screen ?? emptyScreen(personId), frame as Frame);
      onScreen(screen);
    },
    () => {
      screen = null;
      onScreen(null);
    },
  );
}

function emptyScreen(personId: string): Screen {
  return { personId, isSignedOut: false, channels: [], modal: null, home: null, toasts: [] };
}
