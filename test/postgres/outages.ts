import { SWITCH_ON } from "../e2e/play";
import type { PostgresProxy, Which } from "../kit/postgres/proxy";
import type { TestServer } from "../kit/postgres/server";

/** The database of one test, on a server that may be killed, behind a proxy that may hold its commits. */
export type Rig = { server: TestServer; proxy: PostgresProxy; databaseName: string };

/**
 * Commits on the way of what is pressed, by what the transaction of each one writes: an event, or the phase of its attempt.
 * The first one is the intent, without which Tigris is not asked for anything.
 */
export const STEPS = {
  "Show my secret": ["attempt.started", "delivering", "key.delivered"],
  [SWITCH_ON]: ["key.switching_on", "key.on"],
  "New secret": ["key.rotation_started", "delivering", "key.rotated"],
  Pause: ["key.paused", "key.pause_taken"],
  Resume: ["key.resuming", "key.resumed"],
  "Delete key": ["key.deletion_started", "key.deleted"],
} as const;
export type Button = keyof typeof STEPS;

/** The commit of the transaction that writes something; what only asks for it is none. */
export const commitOf = (written: string): Which => ({
  when: (statements) => statements.some((one) => /^(?:insert|update) /.test(one) && one.includes(`"${written}"`)),
});

/** How the database goes away at a commit, and comes back. */
export const OUTAGES = {
  "its session is ended before it commits": async (rig: Rig, written: string) => {
    const held = rig.proxy.holdNextCommit("before", commitOf(written));
    await held.reached;
    await rig.server.terminateBackends(rig.databaseName);
    held.release();
  },
  "the server is killed before it commits": async (rig: Rig, written: string) => {
    const held = rig.proxy.holdNextCommit("before", commitOf(written));
    await held.reached;
    await rig.server.kill();
    held.release();
    await rig.server.restart();
  },
  "the server is killed once it has committed": async (rig: Rig, written: string) => {
    const held = rig.proxy.holdNextCommit("after", commitOf(written));
    await held.reached;
    await rig.server.kill();
    held.release();
    await rig.server.restart();
  },
} as const;
export type Outage = keyof typeof OUTAGES;

/** Whether the commit took effect. */
export const isWritten = (outage: Outage): boolean => !outage.includes("before");
