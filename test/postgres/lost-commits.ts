import { SWITCH_ON } from "../e2e/play";

/** What is pressed, and the commits on the way: by the event in each, or the phase that an attempt gets. */
const PATHS = {
  "Show my secret": ["attempt.started", "attempt.answered", "key.delivered"],
  [SWITCH_ON]: ["key.switching_on", "key.on"],
  "New secret": ["key.rotation_started", "delivering", "key.rotated"],
  Pause: ["key.paused", "key.pause_taken"],
  Resume: ["key.resuming", "key.resumed"],
  "Delete key": ["key.deletion_started", "key.deleted"],
} as const;
export type Button = keyof typeof PATHS;
type Path = [Button, string];

export const EVERY: Path[] = Object.entries(PATHS).flatMap(([button, events]) =>
  events.map((event): Path => [button as Button, event]),
);
/** Whether it is written before Tigris is asked for anything. */
export const isIntent = (event: string): boolean => Object.values(PATHS).some(([intent]) => intent === event);
export const CALL: Record<Button, string> = {
  "Show my secret": "CreateAccessKeyWithBucketsRole",
  [SWITCH_ON]: "UpdateAccessKeyWithBucketsRole",
  "New secret": "RotateAccessKey",
  Pause: "UpdateAccessKey",
  Resume: "UpdateAccessKey",
  "Delete key": "DeleteAccessKey",
};

export const AWAY = "I can't reach my database just now";
export const UNKNOWN = "Something went wrong on my side";

/** What the person hears first, how often Tigris was asked by then, and whether an earlier secret still works in the end. */
type Cost = { hears: string; calls: number; works?: boolean };

/** Those that are lost on their way. */
export const LOST: [...Path, Cost][] = [
  ["Show my secret", "attempt.started", { hears: AWAY, calls: 0 }],
  ["Show my secret", "attempt.answered", { hears: AWAY, calls: 1 }],
  ["Show my secret", "key.delivered", { hears: AWAY, calls: 1 }],
  [SWITCH_ON, "key.switching_on", { hears: AWAY, calls: 0, works: false }],
  [SWITCH_ON, "key.on", { hears: AWAY, calls: 1, works: true }],
  ["New secret", "key.rotation_started", { hears: AWAY, calls: 0, works: true }],
  ["New secret", "delivering", { hears: AWAY, calls: 1, works: false }],
  ["New secret", "key.rotated", { hears: AWAY, calls: 1, works: false }],
  ["Pause", "key.paused", { hears: AWAY, calls: 0, works: true }],
  ["Pause", "key.pause_taken", { hears: AWAY, calls: 1, works: false }],
  ["Resume", "key.resuming", { hears: AWAY, calls: 0, works: false }],
  ["Resume", "key.resumed", { hears: AWAY, calls: 1, works: true }],
  ["Delete key", "key.deletion_started", { hears: AWAY, calls: 0, works: true }],
  ["Delete key", "key.deleted", { hears: AWAY, calls: 1, works: false }],
];

/** Those of which nobody can say whether they took effect, since nothing reaches the server any more. */
export const UNSAID: [...Path, "done" | "not done", Cost][] = [
  ["Show my secret", "attempt.started", "done", { hears: UNKNOWN, calls: 0 }],
  ["Show my secret", "attempt.started", "not done", { hears: UNKNOWN, calls: 0 }],
  ["Show my secret", "attempt.answered", "done", { hears: UNKNOWN, calls: 1 }],
  ["Show my secret", "attempt.answered", "not done", { hears: UNKNOWN, calls: 1 }],
  ["Show my secret", "key.delivered", "done", { hears: UNKNOWN, calls: 1 }],
  ["Show my secret", "key.delivered", "not done", { hears: UNKNOWN, calls: 1 }],
  [SWITCH_ON, "key.switching_on", "done", { hears: UNKNOWN, calls: 0, works: false }],
  [SWITCH_ON, "key.switching_on", "not done", { hears: UNKNOWN, calls: 0, works: false }],
  [SWITCH_ON, "key.on", "done", { hears: UNKNOWN, calls: 1, works: true }],
  [SWITCH_ON, "key.on", "not done", { hears: UNKNOWN, calls: 1, works: true }],
  ["New secret", "key.rotation_started", "done", { hears: UNKNOWN, calls: 0, works: true }],
  ["New secret", "key.rotation_started", "not done", { hears: UNKNOWN, calls: 0, works: true }],
  ["New secret", "delivering", "done", { hears: UNKNOWN, calls: 1, works: false }],
  ["New secret", "delivering", "not done", { hears: UNKNOWN, calls: 1, works: false }],
  ["New secret", "key.rotated", "done", { hears: UNKNOWN, calls: 1, works: false }],
  ["New secret", "key.rotated", "not done", { hears: UNKNOWN, calls: 1, works: false }],
  ["Pause", "key.paused", "done", { hears: UNKNOWN, calls: 0, works: false }],
  ["Pause", "key.paused", "not done", { hears: UNKNOWN, calls: 0, works: true }],
  ["Pause", "key.pause_taken", "done", { hears: UNKNOWN, calls: 1, works: false }],
  ["Pause", "key.pause_taken", "not done", { hears: UNKNOWN, calls: 1, works: false }],
  ["Resume", "key.resuming", "done", { hears: UNKNOWN, calls: 0, works: false }],
  ["Resume", "key.resuming", "not done", { hears: UNKNOWN, calls: 0, works: false }],
  ["Resume", "key.resumed", "done", { hears: UNKNOWN, calls: 1, works: true }],
  ["Resume", "key.resumed", "not done", { hears: UNKNOWN, calls: 1, works: true }],
  ["Delete key", "key.deletion_started", "done", { hears: UNKNOWN, calls: 0, works: false }],
  ["Delete key", "key.deletion_started", "not done", { hears: UNKNOWN, calls: 0, works: true }],
  ["Delete key", "key.deleted", "done", { hears: UNKNOWN, calls: 1, works: false }],
  ["Delete key", "key.deleted", "not done", { hears: UNKNOWN, calls: 1, works: false }],
];
