import { useRef } from "react";
import type { Pressed, ShownMessage } from "../slack/person/shown";
import type { Attachment } from "../slack/workspace";
import { Blocks } from "./blocks";
import { act } from "./calls";
import { timeOf } from "./dates";
import { personNamed, shortName, useViewer } from "./directory";
import { AppIcon } from "./modal";
import { MessageShortcuts } from "./shortcuts";

/** One message, as its reader sees it. */
export function MessageItem({ message, onTrouble }: { message: ShownMessage; onTrouble: (text: string) => void }) {
  const { directory, me } = useViewer();
  const place = useRef<HTMLLIElement>(null);
  const { ts, channelId, isEphemeral, isEdited, threadTs, blocks, buttons, mentions, pings } = message;
  const { notification, attachments } = message;
  const author = personNamed(directory, message.author);

  const press = async (at: Pressed): Promise<void> => {
    await act(me.id, "press", { channelId, ts, ...at }).catch((error: Error) => onTrouble(error.message));
    // The button may be gone by now: the focus stays with its message.
    if (document.activeElement === document.body) place.current?.focus();
  };

  const kinds = ["message", isEphemeral && "ephemeral", threadTs !== null && "reply", pings && "pings"];
  return (
    <li ref={place} tabIndex={-1} className={kinds.filter(Boolean).join(" ")} data-mentions={mentions.length}>
      {author?.isBot ? <AppIcon /> : <Avatar name={message.author} />}
      <div className="message-main">
        {isEphemeral && (
          <p className="only-you">
            <Eye /> Only visible to you
          </p>
        )}
        {threadTs !== null && <p className="only-you">In the thread of the card above</p>}
        <p className="message-head">
          <strong>{author ? shortName(author) : message.author}</strong>
          {author?.isBot && <span className="app-badge">APP</span>}
          <time>{timeOf(Number(ts) * 1_000, me.tz)}</time>
        </p>
        {blocks.length > 0 ? (
          <Blocks blocks={blocks} buttons={buttons} fields={[]} onPress={press} />
        ) : (
          <p className="plain-text">{notification}</p>
        )}
        {attachments.map((attachment, index) => {
          const key = `${index}`;
          return <AttachmentItem key={key} attachment={attachment} />;
        })}
        {isEdited && blocks.length === 0 && <span className="edited">(edited)</span>}
      </div>
      {!isEphemeral && <MessageShortcuts on={{ channelId, ts }} onTrouble={onTrouble} />}
    </li>
  );
}

function AttachmentItem({ attachment: { pretext, title, text } }: { attachment: Attachment }) {
  return (
    <blockquote className="attachment">
      {pretext && <p>{pretext}</p>}
      {title && <strong>{title}</strong>}
      {text && <p className="plain-text">{text}</p>}
    </blockquote>
  );
}

export function Avatar({ name }: { name: string }) {
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 47, 0) % 360;
  return (
    <span className="avatar" style={{ background: `hsl(${hue} 45% 38%)` }} aria-hidden="true">
      {name.charAt(0).toUpperCase()}
    </span>
  );
}

function Eye() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path
        d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <circle cx="10" cy="10" r="2.6" fill="currentColor" />
    </svg>
  );
}
