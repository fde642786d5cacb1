import { useEffect, useMemo, useState } from "react";
import type { HomeTab } from "../slack/person/home";
import type { Screen, ShownChannel } from "../slack/person/shown";
import { ChannelList } from "./channel-list";
import { Conversation } from "./conversation";
import { type Directory, personNamed, ViewerProvider } from "./directory";
import { Modal } from "./modal";
import { HappenedPanel } from "./panels/happened";
import { SlackPanel } from "./panels/slack";
import { TigrisPanel } from "./panels/tigris";
import { PeopleBar } from "./people-bar";
import { Toasts, useToasts } from "./toasts";
import { type Panel, TopBar } from "./top-bar";
import { useReadMarks } from "./unread";
import { usePerson } from "./use-person";
import { useScreens } from "./use-screens";
import { Who } from "./who";

/** The whole page: who one is, where one looks, and what stands beside. */
export function Workspace({ directory }: { directory: Directory }) {
  const people = useMemo(() => directory.people.filter(({ isBot }) => !isBot), [directory]);
  const [me, become] = usePerson(directory, people);
  const screens = useScreens(people.map(({ id }) => id));
  const [marks, markRead] = useReadMarks();
  const [places, setPlaces] = useState<Record<string, string>>({});
  const [tabs, setTabs] = useState<Record<string, HomeTab>>({});
  const [panel, setPanel] = useState<Panel>(null);
  const screen = screens.get(me.id) ?? null;
  const channels = channelsOf(directory, screen, me.id);
  const channel = channels.find(({ id }) => id === places[me.id]) ?? channels.find(({ isDm }) => isDm) ?? channels[0];
  const tab = tabs[me.id] ?? "messages";
  const { toasts, say, dismiss, dismissAll } = useToasts(me.id, screen);
  const viewer = useMemo(() => {
    const goTo = (id: string): void => {
      setPlaces((before) => ({ ...before, [me.id]: id }));
      setTabs((before) => ({ ...before, [me.id]: "messages" }));
    };
    return { directory, me, goTo };
  }, [directory, me]);

  useEffect(() => {
    const isSeen = document.visibilityState === "visible" && !(channel?.isDm && tab === "home");
    if (channel && screen && isSeen) markRead(me.id, channel);
  }, [channel, screen, tab, me.id, markRead]);

  return (
    <ViewerProvider value={viewer}>
      <div className={panel ? "page with-panel" : "page"}>
        <TopBar panel={panel} onPanel={setPanel} isConnected={screen !== null} onBack={dismissAll} />
        <PeopleBar people={people} screens={screens} marks={marks} onBecome={become} />
        <aside className="sidebar" aria-label="Channels">
          <h1>{directory.team.name}</h1>
          <Who isSignedOut={screen?.isSignedOut ?? false} onTrouble={say} />
          <ChannelList channels={channels} current={channel?.id ?? ""} marks={marks} onGo={viewer.goTo} />
        </aside>
        {channel && screens.has(me.id) && (
          <Conversation
            key={`${me.id} ${channel.id}`}
            channel={channel}
            home={screen?.home ?? null}
            isSignedOut={screen?.isSignedOut ?? false}
            tab={tab}
            onTab={(next) => setTabs((before) => ({ ...before, [me.id]: next }))}
            onTrouble={say}
          />
        )}
        {panel === "slack" && <SlackPanel onTrouble={say} />}
        {panel === "tigris" && <TigrisPanel onTrouble={say} />}
        {panel === "happened" && <HappenedPanel />}
        {screen?.modal && <Modal key={screen.modal.id} view={screen.modal} onTrouble={say} />}
        <Toasts toasts={toasts} onDismiss={dismiss} />
      </div>
    </ViewerProvider>
  );
}

/** Somebody's channels; the DM with the app is there even before the app has written. */
function channelsOf(directory: Directory, screen: Screen | null, personId: string): ShownChannel[] {
  const channels = screen?.channels ?? [];
  if (channels.some(({ isDm }) => isDm)) return channels;
  const app = personNamed(directory, directory.app.botUserId);
  return [...channels, { id: `D${personId.slice(1)}`, name: app?.realName ?? "App", isDm: true, messages: [] }];
}
