import type { HomeTab } from "../slack/person/home";

const TABS: readonly { tab: HomeTab; label: string }[] = [
  { tab: "home", label: "Home" },
  { tab: "messages", label: "Messages" },
];

/** The tabs of the app: its Home, and the messages with it. */
export function AppTabs({ current, onTab }: { current: HomeTab; onTab: (tab: HomeTab) => void }) {
  return (
    <nav className="app-tabs" aria-label="Tabs of the app">
      {TABS.map(({ tab, label }) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === current ? "page" : undefined}
          onClick={() => tab !== current && onTab(tab)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}
