import type { ShownMessage, ShownView } from "../person/shown";
import { findButton, type PressOptions } from "./buttons";
import { type Client, connectClient, type Watchers } from "./client";
import { type Filling, fill, optionsOf } from "./fields";
import { described } from "./screen";

/** Acts as one person, and reads their screen. Everything goes over the stand-in's person API. */
export type Person = {
  id: string;
  /** Types a slash command, in the DM with the app where no channel is named. Resolves when the app took it, or did not. */
  command(text: string, options?: { in?: string }): Promise<void>;
  /** @throws when no such button is to be seen */
  press(label: string, options?: PressOptions): Promise<void>;
  /** Fills in fields of the open modal by their labels, one after another. */
  fill(values: Record<string, Filling>): Promise<void>;
  /** The texts of a field's options; of an external select those that the app suggests for a search. */
  options(label: string, search?: string): Promise<string[]>;
  submit(): Promise<void>;
  close(): Promise<void>;
  /** Loads the client anew: ephemeral messages are gone at once. */
  reload(): Promise<void>;
  /** Messages of a channel; of the DM with the app where none is named. */
  screen(channelId?: string): ShownMessage[];
  /** The DM with the app. @throws as long as it was never opened */
  dm(): string;
  modal(): ShownView | null;
  toasts(): string[];
  /** The messages that pinged this person: by name, by group, or with their whole channel. */
  mentionsOf(): ShownMessage[];
  /** Looks again at every change of the screen (and of the others' of one stand-in), until something is found. @throws with what was on the screen instead */
  until<Found>(what: string, look: () => Found | false | null | undefined | 0 | "", timeoutMs?: number): Promise<Found>;
  disconnect(): void;
};

const PATIENCE_MS = 8_000;

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
    fill: async (values) => {
      for (const [label, value] of Object.entries(values)) await fill(client, label, value);
    },
    options: async (label, search = "") => (await optionsOf(client, label, search)).map(({ text }) => text.text),
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
