import { z } from "zod";
import type { LeaverState } from "../domain/leaver";
import { at, fromJson, text } from "./shapes";

const seen = { goneAt: at, deactivatedAt: at.nullable() };
const leaverState: z.ZodType<LeaverState> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("suspected"), ...seen }),
  z.object({ kind: z.literal("held_back"), at, toldAt: at.nullable(), ...seen }),
  z.object({
    kind: z.literal("left"),
    at,
    byId: text,
    isDeactivated: z.boolean(),
    toldAt: at.nullable(),
    ...seen,
  }),
  z.object({ kind: z.literal("back"), at }),
]);

/** @throws UnknownShape */
export const leaverStateOf = (json: string, row: string): LeaverState => fromJson(leaverState, json, row);
