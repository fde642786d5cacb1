import type { WebSocket } from "ws";
import type { PersonData } from "../options";
import type { Change, Message, Workspace } from "../workspace";
import { homeOf, isFor, modalOf, screenOf, shownMessage } from "./screen";
import type { Frame } from "./shown";

/**
 * Sends somebody's screen over a socket, and then whatever changes on it. Each socket is a client of its own: ephemeral
 * messages reach those clients that are there when they are posted, and a new one does not have them.
 */
export function watchScreen(workspace: Workspace, person: PersonData, socket: WebSocket): void {
  const kept = new Set<Message>();
  let changes: Change[] = [];

  const note = (change: Change): void => {
    if (changes.length === 0) setImmediate(flush);
    changes.push(change);
    if (change.kind === "message" && isNewToOne(change.message, person.id)) kept.add(change.message);
  };
  const flush = (): void => {
    const noted = changes;
    changes = [];
    if (socket.readyState !== socket.OPEN) return;
    const isWhole = noted.some(({ kind }) => kind === "directory");
    socket.send(JSON.stringify(isWhole ? wholeFrame() : changeFrame(workspace, person, kept, noted)));
  };
  const wholeFrame = (): Frame => ({
    kind: "screen",
    version: workspace.version,
    screen: screenOf(workspace, person, kept),
  });

  workspace.clients.add(socket);
  workspace.changes.on("change", note);
  socket.on("close", () => {
    workspace.clients.delete(socket);
    workspace.changes.off("change", note);
  });
  // A socket that fails also closes.
  socket.on("error", () => {});
  socket.send(JSON.stringify(wholeFrame()));
}

function isNewToOne({ onlyTo, editedTs }: Message, personId: string): boolean {
  return onlyTo === personId && editedTs === null;
}

function changeFrame(
  workspace: Workspace,
  person: PersonData,
  kept: ReadonlySet<Message>,
  changes: readonly Change[],
): Frame {
  const changed = new Set(changes.flatMap((change) => (change.kind === "message" ? [change.message] : [])));
  const removed = new Set(changes.flatMap((change) => (change.kind === "removed" ? [change.message] : [])));
  const shown = [...changed].filter(
    (message) =>
      !removed.has(message) && isFor(workspace, message, person.id) && (message.onlyTo === null || kept.has(message)),
  );
  const isAbout = (kind: "modal" | "home" | "toast") =>
    changes.some((change) => change.kind === kind && "userId" in change && change.userId === person.id);
  return {
    kind: "change",
    version: workspace.version,
    messages: shown.map((message) => shownMessage(workspace, message, person)),
    removed: [...removed].map(({ channelId, ts }) => ({ channelId, ts })),
    ...(isAbout("modal") ? { modal: modalOf(workspace, person) } : {}),
    ...(isAbout("home") ? { home: homeOf(workspace, person) } : {}),
    ...(isAbout("toast") ? { toasts: workspace.toasts.get(person.id) ?? [] } : {}),
  };
}
