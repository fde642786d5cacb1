import type { FaultHandle } from "../../../sandbox/faults";
import { OWN_KEY } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import { PATIENT } from "../kit/process";
import type { Crash } from "./crash";

/** A call of the bot's, and the side of its effect on which it is held. */
export type Point = {
  api: "slack" | "tigris";
  call: string;
  /** The first of such calls that is held, counted from then on; 1 if left out. */
  nth?: number;
  when: "before" | "after";
  match?: (params: Record<string, unknown>) => boolean;
};

export const CREATE = { api: "tigris", call: "CreateAccessKeyWithBucketsRole" } as const;
export const ROTATE = { api: "tigris", call: "RotateAccessKey" } as const;
export const DELETE = { api: "tigris", call: "DeleteAccessKey" } as const;
/** A search for a lost key; the bot's own key is asked for by its id. */
export const SEARCH = {
  api: "tigris",
  call: "ListAccessKeys",
  match: (params: Record<string, unknown>) => params.KeyId === undefined,
} as const;
/** A look at one key of those that the bot made. */
export const LOOK = {
  api: "tigris",
  call: "ListAccessKeys",
  match: (params: Record<string, unknown>) => params.KeyId !== undefined && params.KeyId !== OWN_KEY.accessKeyId,
} as const;
/** Gives a key its roles, or takes them. */
export const SET_ROLES = { api: "tigris", call: "UpdateAccessKeyWithBucketsRole" } as const;
/** Pauses a key, or lets it work again. */
export const SET_STATUS = { api: "tigris", call: "UpdateAccessKey" } as const;
export const POST = { api: "slack", call: "chat.postEphemeral" } as const;

/** Lets somebody act, and resolves when the call has got to where it is held. */
export async function holdAt({ world }: Crash, point: Point, act: () => Promise<void>): Promise<FaultHandle> {
  const { api, when, ...target } = point;
  const held = world[api].faults.arm(target, { kind: "hold", when });
  await act();
  await reached(held, PATIENT);
  return held;
}

/** Kills the bot at a point. What is held there takes effect when the handle is released. */
export async function killAt(crash: Crash, point: Point, act: () => Promise<void>): Promise<FaultHandle> {
  const held = await holdAt(crash, point, act);
  await crash.bot.kill();
  return held;
}
