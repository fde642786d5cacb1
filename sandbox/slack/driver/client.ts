import { WebSocket } from "ws";
import type { Acts } from "../person/api";
import type { Frame, Screen } from "../person/shown";
import { applied, emptied } from "./screen";

/** Somebody's client: their screen as the stand-in's feed tells it, and what they do there. */
export type Client = {
  screen(): Screen;
  /** Does something, and waits until the screen shows what came of it. @throws what the stand-in refused */
  act<Name extends keyof Acts>(action: Name, body: Acts[Name]): Promise<unknown>;
  /** Calls at every change of the screen. @returns how to stop that */
  watch(look: () => void): () => void;
  /** Connects anew; what was ephemeral is gone at once. */
  reload(): Promise<void>;
  disconnect(): void;
};

/** Who looks at screens: clients that share them look again when any of their screens changes. */
export type Watchers = Set<() => void>;

/** @param address of the person, without a slash at its end */
export async function connectClient(address: string, personId: string, watchers: Watchers): Promise<Client> {
  let screen: Screen = { personId, isSignedOut: false, channels: [], modal: null, home: null, toasts: [] };
  let version = -1;
  let socket = await connect();

  /** Resolves with the first frame. */
  function connect(): Promise<WebSocket> {
    const opened = new WebSocket(address.replace("http", "ws"));
    return new Promise((resolve, reject) => {
      opened.on("error", reject);
      opened.on("message", (data) => {
        take(JSON.parse(String(data)) as Frame);
        resolve(opened);
      });
    });
  }

  function take(frame: Frame): void {
    screen = applied(screen, frame);
    version = frame.version;
    for (const watcher of [...watchers]) watcher();
  }

  function reached(wanted: number): Promise<void> {
    if (version >= wanted) return Promise.resolve();
    return new Promise((resolve) => {
      watchers.add(look);
      function look(): void {
        if (version < wanted) return;
        watchers.delete(look);
        resolve();
      }
    });
  }

  const client: Client = {
    screen: () => screen,
    act: async (action, body) => {
      const response = await fetch(`${address}/${action}`, { method: "POST", body: JSON.stringify(body) });
      const answer = (await response.json()) as { error: string } | { result: unknown; version: number };
      if ("error" in answer) throw new Error(answer.error);
      await reached(answer.version);
      return answer.result;
    },
    watch: (look) => {
      watchers.add(look);
      return () => void watchers.delete(look);
    },
    reload: async () => {
      socket.removeAllListeners("message");
      socket.terminate();
      screen = emptied(screen);
      socket = await connect();
      await client.act("reload", {});
    },
    disconnect: () => socket.terminate(),
  };
  return client;
}
