import { useRef, useState } from "react";
import type { HomeTab as Tab } from "../slack/person/home";
import type { ShownChannel, ShownHome } from "../slack/person/shown";
import { AppTabs } from "./app-tabs";
import { act } from "./calls";
import { Composer } from "./composer";
import { shortName, useViewer } from "./directory";
import { HomeTab } from "./home-tab";
import { MessageItem } from "./message";
import { useEnd } from "./use-end";

type Props = { channel: ShownChannel; isSignedOut: boolean; onTrouble: (text: string) => void };

/**
 * A channel's messages and where somebody types; of the app, its Home tab where they look at that.
 * @param onTrouble gets what could not be done, in words
 */
export function Conversation(props: Props & { home: ShownHome | null; tab: Tab; onTab: (tab: Tab) => void }) {
  const { channel, isSignedOut, home, tab, onTab, onTrouble } = props;
  const { me, directory } = useViewer();
  const { id, name, isDm } = channel;
  const place = placeOf(channel);
  const open = (next: Tab): void => {
    onTab(next);
    act(me.id, "openHome", { tab: next }).catch((error: Error) => onTrouble(error.message));
  };
  return (
    <main className="conversation" aria-label={place}>
      <header>
        <h2>{isDm ? name : place}</h2>
        <p>
          {isDm ? "Direct message with the app" : memberText(directory.channels.find((one) => one.id === id)?.members)}
        </p>
        {isDm && directory.app.hasHome && <AppTabs current={tab} onTab={open} />}
      </header>
      {isDm && tab === "home" ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable with the keyboard
        <section className="home" tabIndex={0} aria-label={`Home of ${name}`}>
          {home ? <HomeTab key={home.id} home={home} onTrouble={onTrouble} /> : <p>Nothing here yet.</p>}
        </section>
      ) : (
        <Messages channel={channel} isSignedOut={isSignedOut} onTrouble={onTrouble} />
      )}
    </main>
  );
}

function Messages({ channel, isSignedOut, onTrouble }: Props) {
  const { me } = useViewer();
  const list = useRef<HTMLElement>(null);
  const [draft, setDraft] = useState("");
  const { id, isDm, messages } = channel;
  const place = placeOf(channel);
  useEnd(list, messages.at(-1)?.ts);

  const send = async (text: string): Promise<void> => {
    // The DM with the app may not have been opened yet.
    const to = isDm && messages.length === 0 ? {} : { channelId: id };
    const done = act(me.id, text.startsWith("/") ? "command" : "say", { text, ...to });
    await done.catch((error: Error) => onTrouble(error.message));
  };
  return (
    <>
      <section
        ref={list}
        className="messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable with the keyboard
        tabIndex={0}
        aria-label={`Messages of ${place}`}
      >
        {messages.length === 0 && <Empty onType={setDraft} />}
        <ol aria-live="polite">
          {messages.map((message) => (
            <MessageItem key={message.ts} message={message} onTrouble={onTrouble} />
          ))}
        </ol>
      </section>
      {isSignedOut ? (
        <p className="signed-out">{shortName(me)} has left: what was there can be read, and nothing can be done.</p>
      ) : (
        <Composer place={place} text={draft} onType={setDraft} onSend={send} onTrouble={onTrouble} />
      )}
    </>
  );
}

/** What to try first where nothing was said yet. */
function Empty({ onType }: { onType: (text: string) => void }) {
  const [first] = useViewer().directory.app.commands;
  const [verb] = (first?.usage_hint ?? "").split(" ");
  const text = first && [first.command, verb].filter(Boolean).join(" ");
  return (
    <div className="empty-channel">
      <p>Nothing here yet. One thing to try:</p>
      {text && (
        <button
          type="button"
          className="button primary"
          onClick={() => {
            onType(text);
            document.querySelector<HTMLElement>(".composer input")?.focus();
          }}
        >
          Type {text}
        </button>
      )}
    </div>
  );
}

function placeOf({ name, isDm }: ShownChannel): string {
  return isDm ? name : `#${name}`;
}

function memberText(members: readonly string[] = []): string {
  return `${members.length} members`;
}
