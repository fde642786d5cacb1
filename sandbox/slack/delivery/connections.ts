import type { WebSocket } from "ws";
import { LIMITS } from "../limits/table";

/** An acknowledgement that came over a socket. */
export type Acknowledgement = { envelope_id: string; payload?: unknown };
export type DisconnectReason = "warning" | "refresh_requested" | "link_disabled";

type Connection = {
  socket: WebSocket;
  /** It takes nothing new, and is closed once nothing is waited for on it. */
  isLeaving: boolean;
  waiting: Map<string, (acknowledgement: Acknowledgement) => void>;
};

/** What the stand-in's frames name as the machine that they come from. */
const HOST = "applink-sandbox";
/** How long Slack says that a connection lasts: about five hours, as others have seen. Here it lasts until a test ends it. */
const CONNECTION_SECONDS = 18_060;

/** The Socket Mode connections of the app. */
export class Connections {
  readonly tickets = new Set<string>();
  readonly #all = new Set<Connection>();
  readonly #watchers = new Set<() => void>();
  #turn = 0;

  count(): number {
    return this.#all.size;
  }

  /** Takes a connection, and greets it. @param server whom the greeting names */
  add(socket: WebSocket, server: { appId: string; startedAt: number }): void {
    if (this.count() >= LIMITS.connections) {
      socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets", debug_info: { host: HOST } }));
      socket.close(1000);
      return;
    }
    const connection: Connection = { socket, isLeaving: false, waiting: new Map() };
    this.#all.add(connection);
    socket.on("message", (data) => this.#take(connection, String(data)));
    // A socket that fails also closes.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#all.delete(connection);
      this.#notify();
    });
    socket.send(JSON.stringify(helloOf(this.count(), server)));
    this.#notify();
  }

  /**
   * Sends an envelope over any one of the connections, in turn.
   * @param onAck called for each acknowledgement of it that comes over the same connection
   * @returns how to cut that connection and how to wait no longer; null where there is no connection
   */
  send(
    envelope: { envelope_id: string } & Record<string, unknown>,
    onAck: (acknowledgement: Acknowledgement) => void,
  ): { cut(): void; forget(): void } | null {
    const open = [...this.#all].filter(({ socket, isLeaving }) => socket.readyState === socket.OPEN && !isLeaving);
    this.#turn += 1;
    const connection = open[this.#turn % Math.max(open.length, 1)];
    if (!connection) return null;
    connection.waiting.set(envelope.envelope_id, onAck);
    connection.socket.send(JSON.stringify(envelope));
    return {
      cut: () => connection.socket.terminate(),
      forget: () => {
        connection.waiting.delete(envelope.envelope_id);
        closeIfDone(connection);
      },
    };
  }

  /** Resolves once there are `count` connections. */
  async until(count: number): Promise<void> {
    while (this.count() !== count) await new Promise<void>((resolve) => this.#watchers.add(resolve));
  }

  /**
   * Says to all of them that they end, as Slack does every few hours. What was sent over them can still be acknowledged;
   * then they are closed. A `warning` closes nothing yet.
   */
  disconnectAll(reason: DisconnectReason): void {
    this.disconnectOldest(this.count(), reason);
  }

  /** The same to those of them that were opened first. */
  disconnectOldest(count: number, reason: DisconnectReason): void {
    for (const connection of [...this.#all].slice(0, count)) {
      connection.socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: HOST } }));
      if (reason === "warning") continue;
      connection.isLeaving = true;
      closeIfDone(connection);
    }
  }

  /** Cuts all of them, as a network does. */
  cut(): void {
    for (const { socket } of [...this.#all]) socket.terminate();
  }

  #take(connection: Connection, data: string): void {
    const acknowledgement = parsed(data);
    if (acknowledgement) connection.waiting.get(acknowledgement.envelope_id)?.(acknowledgement);
  }

  #notify(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const go of watchers) go();
  }
}

/** The greeting with its documented fields (Slack, "Using Socket Mode"). */
function helloOf(count: number, { appId, startedAt }: { appId: string; startedAt: number }): Record<string, unknown> {
  const started = new Date(startedAt).toISOString().replace("T", " ").replace("Z", "");
  return {
    type: "hello",
    num_connections: count,
    debug_info: { host: HOST, started, build_number: 1, approximate_connection_time: CONNECTION_SECONDS },
    connection_info: { app_id: appId },
  };
}

function closeIfDone({ socket, isLeaving, waiting }: Connection): void {
  if (isLeaving && waiting.size === 0) socket.close(1000);
}

function parsed(data: string): Acknowledgement | null {
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "envelope_id" in frame ? (frame as Acknowledgement) : null;
  } catch {
    // Slack ignores frames that it can't read.
    return null;
  }
}
