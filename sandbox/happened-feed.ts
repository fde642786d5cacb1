import type { EventEmitter } from "node:events";
import type { WebSocket } from "ws";
import { type Happening, type Masks, told } from "./happened";

/** The calls of a stand-in, and how one hears that there is a new one or an answer. */
export type HappeningSource = {
  all(): Happening[];
  changes: EventEmitter<{ change: [] }>;
  masks: Masks | undefined;
};

/**
 * Sends over a socket what has happened so far, and then each call as it comes, and again once it is answered: lists of
 * happenings as JSON, each known by its `id`.
 */
export function watchHappenings({ all, changes, masks }: HappeningSource, socket: WebSocket): void {
  const sent = new Map<string, number | null>();
  let isDue = false;

  const flush = (): void => {
    isDue = false;
    const fresh = all().filter(({ id, endedAt }) => sent.get(id) !== endedAt);
    for (const { id, endedAt } of fresh) sent.set(id, endedAt);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(told(fresh, 0, masks)));
  };
  const note = (): void => {
    if (isDue) return;
    isDue = true;
    setImmediate(flush);
  };

  changes.on("change", note);
  socket.on("close", () => changes.off("change", note));
  // A socket that fails also closes.
  socket.on("error", () => {});
  flush();
}
