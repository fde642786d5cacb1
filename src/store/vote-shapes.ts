import { z } from "zod";
import type { Ruling } from "../domain/policy/judge";
import { NO_RULING } from "../domain/policy/judge";
import type { Vote } from "../domain/policy/votes";
import type { Approval, BackReason } from "../domain/request";
import { lessAccess } from "./access-shapes";
import { at, text } from "./shapes";

const milliseconds = z.number().int().positive().nullable();

export const votes: z.ZodType<Vote[]> = z.array(z.object({ approverId: text, at, rules: z.array(text) }));
const known: z.ZodType<Ruling> = z.object({
  rules: z.array(text),
  lasts: z.object({ defaultMs: milliseconds, longestMs: milliseconds }),
});
export const backReason: z.ZodType<BackReason> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("approver_lost"), approverId: text }),
  z.object({ kind: z.literal("policy_changed") }),
]);
/** No version before 0.6.0 has rules. */
export const ruling = known.default(NO_RULING);

/** Versions before 0.6.0 take one person's yes, and read no other approval: so they make no key with more than it gives. */
const by = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("policy") }),
  z.object({ kind: z.literal("people"), votes, access: lessAccess.nullable() }),
  z.object({ kind: z.literal("break_glass"), lastsMs: z.number().int().positive() }),
  z.object({ kind: z.literal("person"), approverId: text }),
  z.object({ kind: z.literal("person_for_less"), approverId: text, access: lessAccess }),
]);
export const approval = z
  .object({ by, at, ruling, isAnew: z.boolean().default(false) })
  .transform((read) => ({ ...read, by: votesIn(read.by, read.at) }));

function votesIn(given: z.output<typeof by>, givenAt: number): Approval["by"] {
  switch (given.kind) {
    case "policy":
    case "people":
    case "break_glass":
      return given;
    case "person":
      return { kind: "people", votes: [oldVote(given.approverId, givenAt)], access: null };
    case "person_for_less":
      return { kind: "people", votes: [oldVote(given.approverId, givenAt)], access: given.access };
  }
}

/** One person's approval, as versions before 0.6.0 kept it. */
export function oldVote(approverId: string, givenAt: number): Vote {
  return { approverId, at: givenAt, rules: [] };
}
