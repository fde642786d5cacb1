import { WebSocket } from "ws";
import type { Filling } from "./person/form";
import type { Screen, ShownMessage, ShownView } from "./person/shown";

/** Which button: of the modal, or of a message. */
export type PressOptions = {
  in?: string;
  message?: string | ((message: ShownMessage) => boolean);
  /** Whether the confirmation dialog is accepted; true where left out. */
  confirm?: boolean;
};

/** Acts as one person, and reads their screen. Everything goes over the stand-in's person API. */
export type Person = {
  id: string;
  command(text: string, options?: { in?: string }): Promise<void>;
  press(label: string, options?: PressOptions): Promise<void>;
  fill(values: Record<string, Filling>): Promise<void>;
  options(label: string, search?: string): Promise<string[]>;
  submit(): Promise<void>;
  close(): Promise<void>;
  /** Loads the client anew: ephemeral messages are gone. */
  reload(): Promise<void>;
  /** Messages of a channel; of the DM with the app where none is named. */
  screen(channelId?: string): ShownMessage[];
  /** The DM with the app. @throws as long as it was never opened */
  dm(): string;
  modal(): ShownView | null;
  toasts(): string[];
  mentionsOf(): ShownMessage[];
  /** Looks again at every change of the screen, until something is found. @throws with what was on the screen instead */
  until<Found>(what: string, look: () => Found | false | null | undefined | 0 | "", timeoutMs?: number): Promise<Found>;
  disconnect(): void;
};

const PATIENCE_MS = 8_000;

/** Connects to a stand-in as somebody. @param apiUrl its `personApiUrl` */
export async function connectPerson(apiUrl: string, id: string): Promise<Person> {
  const socket = new WebSocket(`${apiUrl.replace("http", "ws")}/${id}`);
  const watchers = new Set<() => void>();
  let screen: Screen | null = null;
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.on("message", (data) => {
      screen = JSON.parse(String(data)) as Screen;
      resolve();
      for (const watcher of [...watchers]) watcher();
    });
  });

  function shown(): Screen {
    if (!screen) throw new Error("nothing is on the screen yet");
    return screen;
  }

  async function act(action: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${apiUrl}/${id}/${action}`, { method: "POST", body: JSON.stringify(body) });
    const answer = (await response.json()) as { error?: string; result?: unknown; screen?: Screen };
    if (answer.error !== undefined) throw new Error(answer.error);
    screen = answer.screen ?? screen;
    return answer.result;
  }

  const person: Person = {
    id,
    command: async (text, options = {}) => void (await act("command", { text, channelId: options.in })),
    press: async (label, { in: channelId, message, confirm } = {}) => {
      const messageTs = typeof message === "function" ? findMessage(shown(), label, channelId, message) : message;
      await act("press", { label, channelId, messageTs, confirm });
    },
    fill: async (values) => void (await act("fill", { values })),
    options: async (label, search = "") => (await act("options", { label, search })) as string[],
    submit: async () => void (await act("submit")),
    close: async () => void (await act("close")),
    reload: async () => void (await act("reload")),
    screen: (channelId) =>
      shown().channels.find(({ id: one, isDm }) => (channelId ? one === channelId : isDm))?.messages ?? [],
    dm: () => {
      const dm = shown().channels.find(({ isDm }) => isDm);
      if (!dm) throw new Error("there is no DM with the app yet");
      return dm.id;
    },
    modal: () => shown().modal,
    toasts: () => shown().toasts,
    mentionsOf: () => shown().pings,
    until: (what, look, timeoutMs = PATIENCE_MS) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(() => reject(notSeen(id, what, shown()))), timeoutMs);
        watchers.add(check);
        check();

        function check(): void {
          try {
            const found = look();
            if (found) end(() => resolve(found));
          } catch (error) {
            end(() => reject(error));
          }
        }
        function end(then: () => void): void {
          clearTimeout(timer);
          watchers.delete(check);
          then();
        }
      }),
    disconnect: () => socket.terminate(),
  };
  return person;
}

function findMessage(
  screen: Screen,
  label: string,
  channelId: string | undefined,
  isMeant: (message: ShownMessage) => boolean,
): string {
  const found = screen.channels
    .filter(({ id }) => channelId === undefined || id === channelId)
    .flatMap(({ messages }) => messages)
    .findLast((message) => message.buttons.some((button) => button.label === label) && isMeant(message));
  if (!found) throw new Error(`no such message has a button "${label}"`);
  return found.ts;
}

function notSeen(id: string, what: string, screen: Screen): Error {
  const messages = screen.channels.flatMap(({ name, messages: all }) =>
    all
      .slice(-4)
      .map((message) => `  #${name}: ${message.text} ${message.buttons.map(({ label }) => `[${label}]`).join("")}`),
  );
  const modal = screen.modal ? `  modal: ${JSON.stringify({ ...screen.modal, blocks: undefined })}` : "  no modal";
  return new Error(`${id} never saw ${what}; on the screen:\n${[...messages, modal, ...screen.toasts].join("\n")}`);
}
