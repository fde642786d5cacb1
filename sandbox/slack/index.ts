import type { Faults } from "../faults";
import type { DisconnectReason } from "./delivery/connections";
import { deliver, send, type Taken } from "./delivery/deliver";
import { bodyOf, postSigned } from "./delivery/signed-post";
import { connectPerson, type Person } from "./driver/person";
import type { ChannelData, PersonData, StandInOptions } from "./options";
import { changePerson } from "./person/changed";
import { listen, PEOPLE_PATH } from "./server";
import { type Call, type Sending, Workspace } from "./workspace";

export type { Taken } from "./delivery/deliver";
export type { PressOptions } from "./driver/buttons";
export { connectPerson, type Person } from "./driver/person";
export type { AppData, ChannelData, Manifest, PersonData, StandInOptions, UserGroupData } from "./options";
export type { Frame, Screen, ShownHome, ShownMessage, ShownView } from "./person/shown";
export type { Call, Sending } from "./workspace";

export type SlackStandIn = {
  /** The base of the Web API, with a slash at its end. */
  url: string;
  /** The base of the person API, for `connectPerson`. */
  personApiUrl: string;
  faults: Faults;
  /** Every call of the Web API, in order. */
  calls: Call[];
  /** Every payload that was sent to the app, in order. */
  deliveries: Sending[];
  /** Somebody to act as; the same one each time. */
  person(id: string): Person;
  /** Sends payloads over HTTP to this address from now on. */
  deliverTo(url: string): void;
  /** Its clock is so far ahead of the one that was passed in: payloads and answers name its time. */
  setClockAhead(ms: number): void;
  /**
   * Changes what Slack says of somebody. The app hears of it where its manifest asks for that (`user_change`).
   * @param isTold false where that event gets lost
   */
  setPerson(id: string, changes: Partial<PersonData>, isTold?: boolean): void;
  setGroup(id: string, users: string[]): void;
  removeGroup(id: string): void;
  /** The workspace joins an organization (Enterprise Grid). */
  joinOrganization(enterpriseId: string): void;
  /** Gives the app other scopes than its manifest has. */
  setScopes(scopes: string[]): void;
  /** Lets a method be called so often in a minute, as Slack's tiers do; what is more is refused. */
  limitCalls(method: string, perMinute: number): void;
  setChannel(id: string, changes: Partial<ChannelData>): void;
  /** Puts another DM in the place of the one between the app and somebody. @returns its id */
  renewDm(userId: string): string;
  /** How long messages can be changed after they were posted, in milliseconds; for ever at the start. */
  setEditWindow(ms: number): void;
  sockets: {
    count(): number;
    until(count: number): Promise<void>;
    disconnectAll(reason: DisconnectReason): void;
    disconnectOldest(count: number, reason: DisconnectReason): void;
    cut(): void;
  };
  /** Sends a payload once more, exactly as it was. @param index in `deliveries`, from the end where negative */
  redeliver(index: number): Promise<Taken>;
  /** Sends a payload of a test's own making, as Slack would. */
  sendRaw(kind: Sending["kind"], payload: Record<string, unknown>): Promise<Taken>;
  /** Posts bytes of a test's own making over HTTP; headers replace the right ones. */
  postRaw(body: string, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
  /** A form body for a payload, as it travels over HTTP. */
  bodyOf(sending: Pick<Sending, "kind" | "payload">): string;
  /** A trigger as a command of theirs has, or a click. */
  newTrigger(userId: string): string;
  newResponseUrl(userId: string, channelId: string): string;
  stop(): Promise<void>;
};

/** Starts a stand-in for Slack on this machine: a real server that holds its state in memory. */
export async function startSlack(options: StandInOptions): Promise<SlackStandIn> {
  const workspace = new Workspace(options);
  const server = await listen(workspace, options.port ?? 0);
  const personApiUrl = `${workspace.baseUrl}${PEOPLE_PATH}`;
  const people = new Map<string, Person>();
  const watchers = new Set<() => void>();
  for (const { id, isBot } of options.people)
    if (!isBot) people.set(id, await connectPerson(personApiUrl, id, watchers));

  return {
    url: `${workspace.baseUrl}/api/`,
    personApiUrl,
    faults: workspace.faults,
    calls: workspace.calls,
    deliveries: workspace.deliveries,
    person: (id) => {
      const person = people.get(id);
      if (!person) throw new Error(`there is no person ${id}`);
      return person;
    },
    deliverTo: (url) => {
      workspace.app.delivery = { kind: "http", url };
    },
    setClockAhead: (ms) => {
      workspace.aheadMs = ms;
    },
    setPerson: (id, changes, isTold) => changePerson(workspace, known(workspace.people, id), changes, isTold),
    setGroup: (id, users) => {
      known(workspace.userGroups, id).users = users;
      workspace.changed({ kind: "directory" });
    },
    removeGroup: (id) => {
      workspace.userGroups.delete(known(workspace.userGroups, id).id);
      workspace.changed({ kind: "directory" });
    },
    joinOrganization: (enterpriseId) => {
      workspace.team = { ...workspace.team, enterpriseId };
    },
    setScopes: (bot) => {
      const { app } = workspace;
      app.manifest = { ...app.manifest, oauth_config: { scopes: { bot } } };
    },
    limitCalls: (method, perMinute) => {
      workspace.rateLimits.set(method, { perMinute, calls: [] });
    },
    setChannel: (id, changes) => {
      Object.assign(known(workspace.channels, id), changes);
      workspace.changed({ kind: "directory" });
    },
    renewDm: (userId) => workspace.renewDm(userId),
    setEditWindow: (ms) => {
      workspace.editWindowMs = ms;
    },
    sockets: {
      count: () => workspace.connections.count(),
      until: (count) => workspace.connections.until(count),
      disconnectAll: (reason) => workspace.connections.disconnectAll(reason),
      disconnectOldest: (count, reason) => workspace.connections.disconnectOldest(count, reason),
      cut: () => workspace.connections.cut(),
    },
    redeliver: (index) => {
      const sending = workspace.deliveries.at(index);
      if (!sending) throw new Error(`nothing was delivered at ${index}`);
      return send(workspace, sending, 1);
    },
    sendRaw: (kind, payload) => deliver(workspace, kind, payload),
    postRaw: (body, headers) => {
      const { delivery } = workspace.app;
      if (delivery.kind !== "http") throw new Error("the app is reached over a socket");
      return postSigned(workspace, delivery.url, body, headers);
    },
    bodyOf,
    newTrigger: (userId) => workspace.newTrigger(userId),
    newResponseUrl: (userId, channelId) => workspace.newResponseUrl(userId, channelId, null),
    stop: async () => {
      workspace.faults.clear();
      for (const person of people.values()) person.disconnect();
      for (const client of workspace.clients) client.terminate();
      workspace.connections.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function known<Value>(all: Map<string, Value>, id: string): Value {
  const value = all.get(id);
  if (!value) throw new Error(`there is no ${id}`);
  return value;
}
