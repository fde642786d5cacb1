import { useRef } from "react";
import type { ShownChannel } from "../slack/person/shown";
import { act } from "./calls";
import { Composer } from "./composer";
import { useViewer } from "./directory";
import { MessageItem } from "./message";
import { useEnd } from "./use-end";

/** A channel's messages, and where somebody types. @param onTrouble gets what could not be done, in words */
export function Conversation({ channel, onTrouble }: { channel: ShownChannel; onTrouble: (text: string) => void }) {
  const { me, directory } = useViewer();
  const list = useRef<HTMLElement>(null);
  const { id, name, isDm, messages } = channel;
  const place = isDm ? name : `#${name}`;
  useEnd(list, messages.at(-1)?.ts);

  const send = async (text: string): Promise<void> => {
    const isKnown = !isDm || messages.length > 0;
    await act(me.id, "command", { text, ...(isKnown ? { channelId: id } : {}) }).catch((error: Error) =>
      onTrouble(error.message),
    );
  };

  const [first] = directory.app.commands;
  return (
    <main className="conversation" aria-label={place}>
      <header>
        <h2>{place}</h2>
        <p>
          {isDm ? "Direct message with the app" : memberText(directory.channels.find((one) => one.id === id)?.members)}
        </p>
      </header>
      <section
        ref={list}
        className="messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable with the keyboard
        tabIndex={0}
        aria-label={`Messages of ${place}`}
      >
        {messages.length === 0 && (
          <div className="empty-channel">
            <p>Nothing here yet.</p>
            {first && (
              <p>
                Type <code>{first.command}</code> below: {first.usage_hint}
              </p>
            )}
          </div>
        )}
        <ol aria-live="polite">
          {messages.map((message) => (
            <MessageItem key={message.ts} message={message} onTrouble={onTrouble} />
          ))}
        </ol>
      </section>
      <Composer place={place} onSend={send} />
    </main>
  );
}

function memberText(members: readonly string[] = []): string {
  return `${members.length} members`;
}
