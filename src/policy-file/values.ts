import { z } from "zod";
import { durationMs } from "../config-values";
import { isBucketName } from "../domain/bucket-name";
import { visible } from "../domain/input-rules";
import { PERMISSIONS } from "../domain/permission";
import type { People } from "../domain/person";
import { MAX_PEOPLE, MAX_RULE_NAME } from "../domain/policy/limits";

/** What stands in a file where nobody has to decide, or nothing ends. */
export const NONE = "none";

/**
 * How a mistake is said of what was expected: "is not ‹what›", to which the reader of the file puts its name in front. What
 * a key may hold is for the schema to say; unknown keys are named by whoever has them.
 */
export function expected(what: string) {
  return {
    error: ({ code, input }: { code: string; input?: unknown }) => {
      if (code === "unrecognized_keys") return undefined;
      return input === undefined || input === null ? `is missing; it should be ${what}` : `is not ${what}`;
    },
  };
}

/** Text of a given form. */
export function text(form: RegExp, what: string) {
  return z.string(expected(what)).regex(form, expected(what));
}

/** A list with something in it, and nothing twice. */
export function listOf<Item extends z.ZodType>(item: Item, { what, most }: { what: string; most: number }) {
  return z
    .array(item, expected(`a list of ${what}, as in [a, b]`))
    .min(1, { error: "is an empty list; leave it out, or name something" })
    .max(most, { error: `has more than ${most} entries` })
    .refine((all) => new Set(all).size === all.length, { error: "names something twice" });
}

/** A whole number from 1 to `most`. */
export function upTo(most: number) {
  const what = expected(`a whole number from 1 to ${most}`);
  return z.int(what).min(1, what).max(most, what);
}

export const yesOrNo = z.boolean(expected("true or false"));

/** A time within limits, such as `30m`. @param what what is said to be expected. @returns milliseconds */
export function time(limits: { min: string; max: string }, what = "a time such as 30m, 4h or 7d") {
  const [min, max] = [durationMs(limits.min), durationMs(limits.max)];
  return text(/^\d{1,9}[smhd]$/, what)
    .transform((written) => durationMs(written) ?? Number.NaN)
    .refine((value) => min !== null && max !== null && value >= min && value <= max, {
      error: `is not between ${limits.min} and ${limits.max}`,
    });
}

export const userId = text(/^[UW][A-Z0-9]{4,}$/, "the id of a person (U…, W…)");
export const groupId = text(/^S[A-Z0-9]{4,}$/, "the id of a user group (S…)");
export const channelId = text(/^[CG][A-Z0-9]{4,}$/, "the id of a channel (C…, G…)");

export const permission = z.enum(PERMISSIONS, expected(`one of ${PERMISSIONS.join(", ")}`));

/** Characters of bucket names, and `*`. */
export const bucketPattern = text(
  /^[A-Za-z0-9*][\w.*-]{0,254}$/,
  "a bucket's name in which * may stand for any characters",
);

export const bucketName = z
  .string(expected("a bucket's name"))
  .refine(isBucketName, { error: "is not a bucket's name" });

/** What people read as the name of a rule: one line, all of which is seen. */
export const ruleName = z
  .string(expected("text"))
  .refine((name) => name.trim() !== "", { error: "is empty" })
  .refine((name) => [...name].length <= MAX_RULE_NAME, { error: `is longer than ${MAX_RULE_NAME} characters` })
  .refine((name) => visible(name) === name && !name.includes("\n"), {
    error: "is more than one line, or holds characters that nobody sees",
  })
  .refine((name) => name.trim() === name, { error: "begins or ends with a blank" });

/** The lists that name people. */
export const namedPeople = {
  users: listOf(userId, { what: "ids of people", most: MAX_PEOPLE }).optional(),
  groups: listOf(groupId, { what: "ids of user groups", most: MAX_PEOPLE }).optional(),
};

type Named = { [List in keyof People]?: People[List] | undefined };

/** Whether somebody is named at all. */
export function namesSomebody({ users, groups }: Named): boolean {
  return users !== undefined || groups !== undefined;
}
export const NAMES_NOBODY = { error: "names nobody: it needs users, groups or both" };

export function toPeople({ users = [], groups = [] }: Named): People {
  return { users, groups };
}

export const people = z
  .strictObject(namedPeople, expected("users, groups or both"))
  .refine(namesSomebody, NAMES_NOBODY)
  .transform(toPeople);
