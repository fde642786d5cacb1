import { createContext, use } from "react";
import type { ChannelData, PersonData, ShortcutData, UserGroupData } from "../slack/options";

export type Command = { command: string; description?: string; usage_hint?: string };

/** Who and what there is, as `GET /sandbox/people` tells it. */
export type Directory = {
  team: { id: string; name: string; domain: string };
  people: PersonData[];
  channels: ChannelData[];
  userGroups: UserGroupData[];
  app: { id: string; botUserId: string; commands: Command[]; shortcuts: ShortcutData[]; hasHome: boolean };
};

/** What every part of the page needs: the workspace, and who looks at it. */
export type Viewer = { directory: Directory; me: PersonData; goTo: (channelId: string) => void };

const ViewerContext = createContext<Viewer | null>(null);
export const ViewerProvider = ViewerContext.Provider;

/** @throws outside of a `ViewerProvider` */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("nobody looks at this");
  return viewer;
}

export function personNamed({ people }: Directory, nameOrId: string): PersonData | undefined {
  return people.find(({ id, name }) => id === nameOrId || name === nameOrId);
}

/** The channel of this workspace to which an address leads; null where it leads elsewhere. */
export function channelBehind(url: string, { team }: Directory): string | null {
  const { host, pathname } = new URL(url);
  if (host !== `${team.domain}.slack.com`) return null;
  return /^\/archives\/(\w+)/.exec(pathname)?.[1] ?? null;
}

/** "Dana" of "Dana, developer". */
export function shortName({ realName }: PersonData): string {
  return realName.split(",")[0] ?? realName;
}

/** "developer" of "Dana, developer". */
export function roleOf({ realName }: PersonData): string {
  return realName.split(",").slice(1).join(",").trim();
}
