import { z } from "zod";
import type { Work } from "../domain/attempt";
import { stored, text } from "./shapes";

const work: z.ZodType<Work> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    number: z.number().int(),
    tigrisName: text,
    phase: z.enum([
      "calling",
      "delivering",
      "searching",
      "posted",
      "unclear",
      "undelivered",
      "found",
      "not_found",
      "refused",
      "ambiguous",
      "discarded",
    ]),
  }),
  z.object({
    kind: z.literal("rotate"),
    phase: z.enum(["calling", "delivering", "posted", "secret_unknown", "refused", "gone", "overtaken"]),
  }),
  z.object({ kind: z.literal("delete"), phase: z.enum(["looking", "calling", "deleted", "raised"]) }),
  z.object({ kind: z.literal("list_made"), phase: z.enum(["looking", "listed"]) }),
  z.object({
    kind: z.literal("switch_on"),
    phase: z.enum(["calling", "looking", "on", "refused", "unanswered", "overtaken"]),
  }),
  z.object({
    kind: z.literal("pause"),
    phase: z.enum(["calling", "looking", "revoking", "watching", "paused", "overtaken"]),
  }),
  z.object({
    kind: z.literal("resume"),
    phase: z.enum(["giving", "calling", "looking", "resumed", "refused", "unanswered", "overtaken"]),
  }),
  z.object({
    kind: z.literal("change_access"),
    phase: z.enum([
      "taking",
      "watching",
      "giving",
      "looking",
      "narrowed",
      "widened",
      "refused",
      "unanswered",
      "overtaken",
    ]),
  }),
]);

/** @throws UnknownShape */
export const workOf = (columns: object, row: string): Work => stored(work, columns, row);
