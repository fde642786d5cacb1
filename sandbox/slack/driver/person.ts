import type { HomeTab } from "../person/home";
import type { ShownHome, ShownMessage, ShownView } from "../person/shown";
import type { Attachment } from "../workspace";
import { findButton, findMessage, type PressOptions } from "./buttons";
import { type Client, connectClient, type Watchers } from "./client";
import { type Filling, type FillOptions, fill, optionTexts } from "./fields";
import { described } from "./screen";

/** Acts as one person, and reads their screen. Everything goes over the stand-in's person API. */
export type Person = {
  id: string;
  /** Types a slash command, in the DM with the app where no channel is named. Resolves when the app took it, or did not. */
  command(text: string, options?: { in?: string }): Promise<void>;
  /** Presses a button, or an option of an overflow menu. @throws when none of that name is to be seen */
  press(label: string, options?: PressOptions): Promise<void>;
  /** Fills in fields of the open modal by their labels, one after another; with `enter`, Enter ends each text. */
  fill(values: Record<string, Filling>, options?: { enter?: boolean }): Promise<void>;
  /** The same in the app's Home tab. */
  fillHome(values: Record<string, Filling>, options?: { enter?: boolean }): Promise<void>;
  /** The texts of a field's options; of an external select those that the app suggests for a search. */
  options(label: string, search?: string, where?: { home?: boolean }): Promise<string[]>;
  /** Writes a message, in the DM with the app where no channel is named. @returns its time stamp */
  say(text: string, options?: { in?: string; blocks?: object[]; attachments?: Attachment[] }): Promise<string>;
  /** Uses a global shortcut of the app's, by its name. */
  shortcut(name: string): Promise<void>;
  /** Uses a shortcut on a message: in a channel the newest, or the one named. @throws when there is no such message */
  shortcutOn(name: string, options: Pick<PressOptions, "in" | "message">): Promise<void>;
  /** Opens the app at its Home tab, or at another; the app hears of it where it asked for that. */
  openHome(options?: { tab?: HomeTab }): Promise<void>;
  submit(): Promise<void>;
  close(): Promise<void>;
  /** Loads the client anew: ephemeral messages are gone at once. */
  reload(): Promise<void>;
  /** Messages of a channel; of the DM with the app where none is named. */
  screen(channelId?: string): ShownMessage[];
  /** The DM with the app. @throws as long as it was never opened */
  dm(): string;
  modal(): ShownView | null;
  /** The Home tab as the app last published it. */
  home(): ShownHome | null;
  toasts(): string[];
  /** The messages that pinged this person: by name, by group, or with their whole channel. */
  mentionsOf(): ShownMessage[];
  /** Looks again at every change of the screen (and of the others' of one stand-in), until something is found. @throws with what was on the screen instead */
  until<Found>(what: string, look: () => Found | false | null | undefined | 0 | "", timeoutMs?: number): Promise<Found>;
  disconnect(): void;
};

const PATIENCE_MS = 15_000;

/**
 * Connects to a stand-in as somebody.
 * @param apiUrl its `personApiUrl`
 * @param watchers share them among people, and `until` also looks again when the others' screens change
 */
export async function connectPerson(apiUrl: string, id: string, watchers: Watchers = new Set()): Promise<Person> {
  const client = await connectClient(`${apiUrl}/${id}`, id, watchers);
  const modal = (): ShownView => {
    const open = client.screen().modal;
    if (!open) throw new Error(`${id} has no modal open`);
    return open;
  };
  return {
    id,
    command: async (text, { in: channelId } = {}) =>
      void (await client.act("command", { text, ...(channelId ? { channelId } : {}) })),
    press: async (label, options = {}) => {
      const { button, target } = findButton(client.screen(), label, options);
      if (button.confirm && options.confirm === false) return;
      await client.act("press", target);
    },
    fill: (values, { enter = false } = {}) => fillAll(client, values, { enter }),
    fillHome: (values, { enter = false } = {}) => fillAll(client, values, { enter, home: true }),
    options: (label, search = "", where = {}) => optionTexts(client, label, search, where),
    say: async (text, { in: channelId, blocks, attachments } = {}) =>
      (await client.act("say", {
        text,
        ...(channelId ? { channelId } : {}),
        ...(blocks ? { blocks } : {}),
        ...(attachments ? { attachments } : {}),
      })) as string,
    shortcut: async (name) => void (await client.act("shortcut", { name })),
    shortcutOn: async (name, options) => {
      const { channelId, ts } = findMessage(client.screen(), options);
      await client.act("shortcut", { name, channelId, ts });
    },
    openHome: async (options = {}) => void (await client.act("openHome", options)),
    submit: async () => void (await client.act("submit", { viewId: modal().id })),
    close: async () => void (await client.act("close", { viewId: modal().id })),
    reload: () => client.reload(),
    screen: (channelId) =>
      client.screen().channels.findLast(({ id: one, isDm }) => (channelId ? one === channelId : isDm))?.messages ?? [],
    dm: () => {
      const dm = client.screen().channels.findLast(({ isDm }) => isDm);
      if (!dm) throw new Error(`${id} has no DM with the app yet`);
      return dm.id;
    },
    modal: () => client.screen().modal,
    home: () => client.screen().home,
    toasts: () => client.screen().toasts,
    mentionsOf: () =>
      client
        .screen()
        .channels.flatMap(({ messages }) => messages)
        .filter(({ pings }) => pings),
    until: (what, look, timeoutMs = PATIENCE_MS) => until(client, `${id} never saw ${what}`, look, timeoutMs),
    disconnect: () => client.disconnect(),
  };
}

async function fillAll(client: Client, values: Record<string, Filling>, options: FillOptions): Promise<void> {
  for (const [label, value] of Object.entries(values)) await fill(client, label, value, options);
}

function until<Found>(
  client: Client,
  complaint: string,
  look: () => Found | false | null | undefined | 0 | "",
  timeoutMs: number,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(() => reject(new Error(`${complaint}; on the screen:\n${described(client.screen())}`))),
      timeoutMs,
    );
    const unwatch = client.watch(check);
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
      unwatch();
      then();
    }
  });
}
