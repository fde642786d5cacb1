import type { Masks } from "../happened";
import type { PageData } from "./page";

/** Who is in the workspace. Whoever has a `teamId` of another workspace is there through Slack Connect. */
export type PersonData = {
  id: string;
  name: string;
  realName: string;
  /** An IANA zone such as Europe/Berlin. */
  tz: string;
  teamId?: string;
  /** Who they are in the organization (Enterprise Grid): found by this id too, and their clicks come from the organization. */
  enterpriseUser?: { id: string; enterpriseId: string; teams: string[] };
  /** What `users.info` says of them beside, or instead; undefined leaves a field out. */
  userInfo?: Record<string, unknown>;
  isBot?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isStranger?: boolean;
  deleted?: boolean;
  /** They can do nothing any more. Whoever is only deactivated still can: their last clicks may be on the way. */
  isSignedOut?: boolean;
  isAdmin?: boolean;
};

export type ChannelData = {
  id: string;
  name: string;
  /** User ids; the app's bot user where it is in. */
  members: string[];
  isPrivate?: boolean;
  isArchived?: boolean;
  isExtShared?: boolean;
  isPendingExtShared?: boolean;
  isOrgShared?: boolean;
  /** The channel's posting rules leave apps out: `conversations.info` does not show it. */
  isPostingRestricted?: boolean;
  /** A DM in whose place another one was made: people still see it, and to the app there is no such channel. */
  isGone?: boolean;
};

export type UserGroupData = { id: string; handle: string; users: string[] };

export type ShortcutData = { name: string; type: "global" | "message"; callback_id: string; description?: string };

/** The parts of an app's manifest that decide what it may do. */
export type Manifest = {
  features?: {
    app_home?: { home_tab_enabled?: boolean; messages_tab_enabled?: boolean };
    slash_commands?: { command: string; description?: string; usage_hint?: string; should_escape?: boolean }[];
    shortcuts?: ShortcutData[];
  };
  oauth_config?: { scopes?: { bot?: string[] } };
  settings?: { event_subscriptions?: { bot_events?: string[] } };
};

export type AppData = {
  id: string;
  botId: string;
  botUserId: string;
  botToken: string;
  appToken?: string;
  signingSecret: string;
  manifest: Manifest;
  /** How payloads reach the app. */
  delivery: { kind: "socket" } | { kind: "http"; url: string };
};

export type StandInOptions = {
  /** 0 for any. */
  port?: number;
  /** Milliseconds since 1970; it decides when triggers and response URLs are over. */
  now?: () => number;
  /** How many times as long as Slack it waits for acknowledgements and takes triggers: more than 1 on a busy machine only. */
  patience?: number;
  team: { id: string; name: string; domain: string; enterpriseId?: string };
  people: PersonData[];
  channels: ChannelData[];
  userGroups: UserGroupData[];
  app: AppData;
  /** A page to act as these people, at the stand-in's own address. */
  page?: PageData;
  /** What is not told of the calls between Slack and the app. */
  masks?: Masks;
  /** Keeps messages in this file from one start to the next. */
  historyFile?: string;
  /** Where the app finds it, where that is not its own address: behind what speaks TLS for it. No slash at the end. */
  publicUrl?: string;
};
