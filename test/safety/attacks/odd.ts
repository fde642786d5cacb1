import type { Sending } from "../../../sandbox/slack";
import type { World } from "../../kit/world";
import type { Sender } from "./crafted";
import type { Stage } from "./stage";

/** A payload that no client of ours leads to. */
export type Odd = {
  name: string;
  /** Eve, a member who may use the bot and owns nothing that is staged, where left out. */
  from?: Sender;
  kind: Sending["kind"];
  make(world: World, stage: Stage, from: Sender): Record<string, unknown> | Promise<Record<string, unknown>>;
  /** What its sender reads; or that there is nothing to say to it, or that nothing takes it at all. */
  reads: RegExp | "nothing" | "not taken";
};

export const EVE: Sender = { id: "UEVE00001" };
export const DANA: Sender = { id: "UDEV00001" };
export const ANN: Sender = { id: "UANN00001" };

export const UNREADABLE = /I couldn't read what Slack sent me\. Nothing was changed/;
export const NOT_APPROVER = /Only .+ Nothing was changed/;
export const UNKNOWN_REQUEST = /I don't know this request\. Nothing was changed/;
export const UNKNOWN_KEY = /I don't know this key\. Nothing was changed/;
export const UNKNOWN_DELIVERY = /Don't use this secret: it was not delivered for certain/;
export const OUTSIDER = /Only members of the workspace that runs this bot/;

/** Lists within lists. */
export function deep(levels: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

/** An object whose keys reach for the prototype, as JSON can bring it. */
export function prototypeKeys(): unknown {
  return JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":1}');
}

export const HUGE = "x".repeat(700_000);
