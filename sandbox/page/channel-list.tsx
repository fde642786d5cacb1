import type { ShownChannel } from "../slack/person/shown";
import { useViewer } from "./directory";
import { type ReadMarks, unreadIn } from "./unread";

/** The channels that somebody is in, bold where something is unread. */
export function ChannelList(props: {
  channels: readonly ShownChannel[];
  current: string;
  marks: ReadMarks;
  onGo: (channelId: string) => void;
}) {
  const { channels } = props;
  return (
    <nav className="channels" aria-label="Conversations">
      <h2>Channels</h2>
      <List {...props} channels={channels.filter(({ isDm }) => !isDm)} />
      <h2>Apps</h2>
      <List {...props} channels={channels.filter(({ isDm }) => isDm)} />
    </nav>
  );
}

function List({ channels, current, marks, onGo }: Parameters<typeof ChannelList>[0]) {
  const { me, directory } = useViewer();
  return (
    <ul>
      {channels.map((channel) => {
        const { count, pings } = unreadIn(marks, me.id, channel);
        const isPrivate = directory.channels.find(({ id }) => id === channel.id)?.isPrivate ?? false;
        return (
          <li key={channel.id}>
            <button
              type="button"
              className={count > 0 ? "channel unread" : "channel"}
              aria-current={channel.id === current ? "page" : undefined}
              onClick={() => onGo(channel.id)}
            >
              <span aria-hidden="true">{markOf(channel, isPrivate)}</span> {channel.name}
              {count > 0 && <span className="unseen">, {count} unread</span>}
              {pings > 0 && (
                <span className="badge" aria-hidden="true">
                  {pings}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function markOf({ isDm }: ShownChannel, isPrivate: boolean): string {
  if (isDm) return "●";
  return isPrivate ? "🔒" : "#";
}
