import type { Access } from "../domain/permission";
import type { Refusal } from "../domain/refusal";

/** What a verb has done, by its code, with what its words need. */
export type DoneData = {
  cancelled: { keyName: string };
  approved_with_less: { keyName: string; requesterId: string };
  approved: { keyName: string; requesterId: string };
  /** A yes that counts, where more are needed. */
  voted: { keyName: string; requesterId: string };
  reminded: { keyName: string };
  denied: { keyName: string; requesterId: string };
  /** `isGlass`: nobody had approved it, since the glass was broken for it. */
  withdrawn: { keyName: string; isGlass: boolean };
  revealed: { keyName: string };
  secret_replaced: { keyName: string };
  confirmed: { keyName: string };
  confirmed_paused: { keyName: string };
  switched_on: { keyName: string };
  deleted: { keyName: string; accessKeyId: string };
  made_deleted: { accessKeyId: string };
  paused: { keyName: string };
  resumed: { keyName: string };
  /** Another key has its place by now. */
  switched_over: { keyName: string };
  kept_both: { keyName: string };
  /** `isHeld`: somebody keeps it paused, whatever its end is. */
  extended: { keyName: string; at: number; isHeld: boolean };
  /** `isPaused`: something keeps it paused still. */
  taken_over: { keyName: string; fromId: string; isPaused: boolean };
  /** `others`: keys with which that could not be done, or is not confirmed yet. */
  all_left: { ownerId: string; did: "paused" | "deleted"; count: number; others: number };
  /** So many people did leave, as an approver said. */
  did_leave: { count: number };
  /** They are asked about its secret again then. */
  kept: { keyName: string; until: number };
  access_narrowed: { keyName: string; access: Access };
  /** `endsAt`: the end that it got by it; null where it keeps its own. */
  access_widened: { keyName: string; access: Access; endsAt: number | null };
  /** They have looked at a broken glass; `left` others have to. */
  reviewed: { keyName: string; requesterId: string; left: number };
};
export type DoneCode = keyof DoneData;

export type Done = { [Code in DoneCode]: { kind: "done"; code: Code; about: DoneData[Code] } }[DoneCode];

/** How a verb ended, for the person who asked for it. */
export type Outcome = Done | Refusal;

export function done<Code extends DoneCode>(code: Code, about: DoneData[Code]): Done {
  return { kind: "done", code, about } as Done;
}
