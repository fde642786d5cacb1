import { z } from "zod";
import type { Part, Sentence } from "./sentence";

/** Ids of Slack's are capitals and digits. It refuses a whole message for one that is none. */
const id = z.string().regex(/^[A-Z0-9]+$/);

/** The last moment that a date of JavaScript's can be, in milliseconds since 1970. */
const LAST_MOMENT = 8_640_000_000_000_000;

const part = z.union([
  z.string().min(1),
  z.object({ kind: z.enum(["bold", "code"]), text: z.string() }),
  z.object({ kind: z.enum(["user", "group", "channel"]), id }),
  z.object({ kind: z.literal("operator") }),
  z.object({ kind: z.literal("time"), at: z.int().min(0).max(LAST_MOMENT) }),
]) satisfies z.ZodType<Part>;

/** Slack refuses a message without text. */
const NOTHING: Sentence = [" "];

/** A sentence that was stored as JSON. What is no part of one is left out. */
export function sentenceFromJson(stored: unknown): Sentence {
  if (!Array.isArray(stored)) return NOTHING;
  const parts = stored.flatMap((one): Part[] => {
    const parsed = part.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
  return parts.length > 0 ? parts : NOTHING;
}
