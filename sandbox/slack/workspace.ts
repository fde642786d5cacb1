import { randomBytes, randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { WebSocket } from "ws";
import { Faults } from "../faults";
import type { Masks } from "../happened";
import { Connections } from "./delivery/connections";
import { keepHistory } from "./kept";
import type { AppData, ChannelData, PersonData, StandInOptions, UserGroupData } from "./options";
import type { PageData } from "./page";
import type { Home, Modal } from "./views";
import type { RateLimit } from "./web-api/rate-limit";

export type Block = { type: string; block_id: string; [property: string]: unknown };

/** What other apps hang below a message, such as what a link leads to. */
export type Attachment = {
  text?: string;
  fallback?: string;
  title?: string;
  pretext?: string;
  [property: string]: unknown;
};

export type Message = {
  channelId: string;
  ts: string;
  authorId: string;
  text: string;
  blocks: Block[];
  /** What stood there before it was changed: somebody's client may be behind. */
  earlierBlocks: Block[];
  /** Of people's messages alone: the app's have none here. */
  attachments: Attachment[];
  threadTs: string | null;
  /** When it was changed last, in whole seconds; null as long as it was not. */
  editedTs: string | null;
  /** Whom alone it is shown to: such a message is in no history, and gone when they reload. */
  onlyTo: string | null;
  /** Whom it pinged when it was posted; a change pings nobody. */
  pinged: ReadonlySet<string>;
};

/** What has changed in the workspace; `directory` stands for people, groups and channels. */
export type Change =
  | { kind: "message"; message: Message }
  | { kind: "removed"; message: Message }
  | { kind: "modal"; userId: string }
  | { kind: "home"; userId: string }
  | { kind: "toast"; userId: string }
  | { kind: "directory" };

export type Trigger = { userId: string; at: number; isUsed: boolean };
export type ResponseUrl = { userId: string; channelId: string; at: number; uses: number; messageTs: string | null };

/** One call of the Web API, as it came in. `token` names the kind of token, never the token. */
export type Call = {
  method: string;
  params: Record<string, unknown>;
  token: "bot" | "app" | "none" | "other";
  at: number;
  /** What its effect led to; null as long as it has none. */
  answer: unknown;
} & Returned;

/** One POST to a `response_url`. */
export type Response = { params: Record<string, unknown>; at: number } & Returned;

/** What went back to the app, and when: nothing as long as it waits, or where it was lost. */
export type Returned = { sent: { status: number; body: string } | null; endedAt: number | null };

/** One payload that was sent to the app. */
export type Sending = {
  kind: "command" | "interaction" | "event";
  payload: Record<string, unknown>;
  envelopeId: string;
  at: number;
  ackedAt: number | null;
  ackBody: unknown;
};

/** Everything that the stand-in knows, in memory. */
export class Workspace {
  team: StandInOptions["team"];
  readonly app: AppData;
  readonly people: Map<string, PersonData>;
  readonly channels: Map<string, ChannelData>;
  readonly userGroups: Map<string, UserGroupData>;
  readonly faults = new Faults(() => this.now());
  /** By method; a method without one may be called at will. */
  readonly rateLimits = new Map<string, RateLimit>();
  readonly calls: Call[] = [];
  readonly responses: Response[] = [];
  readonly deliveries: Sending[] = [];
  readonly messages: Message[] = [];
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  /** The open modal of each person. */
  readonly modals = new Map<string, Modal>();
  /** The Home tab of each person, once the app has published one. */
  readonly homes = new Map<string, Home>();
  readonly toasts = new Map<string, string[]>();
  readonly now: () => number;
  readonly startedAt: number;
  /** How far its clock is ahead of the one that was passed in. */
  aheadMs = 0;
  readonly patience: number;
  readonly masks: Masks | undefined;
  readonly page: PageData | undefined;
  readonly changes = new EventEmitter<{ change: [Change] }>();
  /** Tells that something has passed between Slack and the app. */
  readonly passed = new EventEmitter<{ change: [] }>();
  readonly connections = new Connections();
  /** The clients that watch somebody's screen, or what happens. */
  readonly clients = new Set<WebSocket>();
  /** How long after it was posted a message can be changed, in milliseconds. */
  editWindowMs = Number.POSITIVE_INFINITY;
  /** Counts the changes. */
  version = 0;
  /** The stand-in's own address, once it listens. */
  baseUrl = "";
  readonly #publicUrl: string | null;
  #lastTs = 0;

  constructor(options: StandInOptions) {
    this.team = options.team;
    this.app = options.app;
    this.#publicUrl = options.publicUrl ?? null;
    const { now = Date.now } = options;
    this.now = () => now() + this.aheadMs;
    this.startedAt = now();
    this.patience = options.patience ?? 1;
    this.people = new Map(options.people.map((person) => [person.id, { ...person }]));
    this.channels = new Map(
      options.channels.map((channel) => [channel.id, { ...channel, members: [...channel.members] }]),
    );
    this.userGroups = new Map(options.userGroups.map((group) => [group.id, { ...group, users: [...group.users] }]));
    this.changes.setMaxListeners(0);
    this.passed.setMaxListeners(0);
    this.masks = options.masks;
    this.page = options.page;
    if (options.historyFile) keepHistory(this, options.historyFile);
  }

  changed(change: Change): void {
    this.version += 1;
    this.changes.emit("change", change);
  }

  /** A time stamp as Slack's messages have: unique in the workspace. */
  nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, Math.floor(this.now() * 1_000));
    const text = String(this.#lastTs);
    return `${text.slice(0, -6)}.${text.slice(-6)}`;
  }

  newTrigger(userId: string): string {
    const id = `${Math.floor(this.now())}.${randomBytes(6).toString("hex")}.${randomBytes(16).toString("hex")}`;
    this.triggers.set(id, { userId, at: this.now(), isUsed: false });
    return id;
  }

  newResponseUrl(userId: string, channelId: string, messageTs: string | null): string {
    const token = randomUUID();
    this.responseUrls.set(token, { userId, channelId, at: this.now(), uses: 0, messageTs });
    return `${this.publicUrl}/response/${token}`;
  }

  /** Whether the manifest gives the app a Home tab. */
  get hasHome(): boolean {
    return this.app.manifest.features?.app_home?.home_tab_enabled === true;
  }

  /** Where the app finds the stand-in. */
  get publicUrl(): string {
    return this.#publicUrl ?? this.baseUrl;
  }

  /** The DM between the app and somebody. */
  dmOf(userId: string): string {
    const all = [...this.channels.values()].filter(({ id, members }) => this.isDm(id) && members.includes(userId));
    const first = `D${userId.slice(1)}`;
    return all.find(({ isGone }) => !isGone)?.id ?? (all.length === 0 ? first : `${first}N${all.length}`);
  }

  /** Another DM takes the place of the one between the app and somebody, as after an app was made anew. */
  renewDm(userId: string): string {
    this.openDm(userId).isGone = true;
    return this.openDm(userId).id;
  }

  openDm(userId: string): ChannelData {
    const id = this.dmOf(userId);
    const known = this.channels.get(id);
    if (known) return known;
    const dm: ChannelData = { id, name: this.app.botUserId, members: [userId, this.app.botUserId], isPrivate: true };
    this.channels.set(id, dm);
    this.changed({ kind: "directory" });
    return dm;
  }

  isDm(channelId: string): boolean {
    return channelId.startsWith("D");
  }

  find(channelId: string, ts: string): Message | undefined {
    return this.messages.find((message) => message.channelId === channelId && message.ts === ts);
  }

  remove(message: Message): void {
    const index = this.messages.indexOf(message);
    if (index < 0) return;
    this.messages.splice(index, 1);
    this.changed({ kind: "removed", message });
  }

  toast(userId: string, text: string): void {
    this.toasts.set(userId, [...(this.toasts.get(userId) ?? []), text]);
    this.changed({ kind: "toast", userId });
  }
}
