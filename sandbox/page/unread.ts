import { useCallback, useState } from "react";
import type { ShownChannel } from "../slack/person/shown";

/** Up to which message somebody has read a channel, by person and channel. */
export type ReadMarks = Record<string, string>;

const STORED_AS = "sandbox-read-marks";

export type Unread = { count: number; pings: number };

/** What somebody has not read yet; in a DM every message counts as a ping. */
export function unreadIn(marks: ReadMarks, personId: string, channel: ShownChannel): Unread {
  const readTo = marks[keyOf(personId, channel.id)] ?? "";
  const unread = channel.messages.filter(({ ts }) => ts > readTo);
  return {
    count: unread.length,
    pings: channel.isDm ? unread.length : unread.filter(({ pings, isEphemeral }) => pings || isEphemeral).length,
  };
}

/** The marks, and how to set one. Each window has its own, which outlive a reload. */
export function useReadMarks(): [ReadMarks, (personId: string, channel: ShownChannel) => void] {
  const [marks, setMarks] = useState<ReadMarks>(stored);
  const mark = useCallback((personId: string, channel: ShownChannel) => {
    const newest =
      channel.messages
        .map(({ ts }) => ts)
        .sort()
        .at(-1) ?? "";
    setMarks((before) => {
      const key = keyOf(personId, channel.id);
      if ((before[key] ?? "") >= newest) return before;
      const after = { ...before, [key]: newest };
      sessionStorage.setItem(STORED_AS, JSON.stringify(after));
      return after;
    });
  }, []);
  return [marks, mark];
}

function keyOf(personId: string, channelId: string): string {
  return `${personId} ${channelId}`;
}

function stored(): ReadMarks {
  try {
    return JSON.parse(sessionStorage.getItem(STORED_AS) ?? "{}") as ReadMarks;
  } catch {
    // Somebody else's entry, or none that can be read: everything is unread then.
    return {};
  }
}
