import { isIP, isIPv6 } from "node:net";
import { z } from "zod";
import type { Operator, People } from "./domain/person";
import { APPROVAL_CLASSES, type ApprovalClass } from "./domain/policy/from-settings";
import type { Lasts } from "./domain/policy/rule";
import { Secret } from "./domain/secret";

/** What one setting's text means, or what is wrong with it. The text itself is never repeated: it may be a secret. */
type Reading<Value> = { value: Value } | { problem: string };

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Names and addresses of this machine, as a URL has them. */
export const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A setting with a text of its own kind. @param read says what the text means; it gets the text trimmed and not empty */
export function setting<Value>(read: (text: string) => Reading<Value>) {
  return z.string({ error: "is missing" }).transform((text, context) => {
    const reading = read(text);
    if ("value" in reading) return reading.value;
    context.addIssue({ code: "custom", message: reading.problem });
    return z.NEVER;
  });
}

/** A credential that begins with `prefix`. */
export const credential = (prefix: string) =>
  setting((text) =>
    text.startsWith(prefix) && /^[\w.+/=-]+$/.test(text) && text.length > prefix.length
      ? { value: new Secret(text) }
      : { problem: `is not a credential that begins with ${prefix}` },
  );

/** Slack's signing secrets are 32 hexadecimal digits; other Slacks may use others, so only what is plainly wrong is refused. */
export const signingSecret = setting((text) =>
  /^[\w-]{16,}$/.test(text) ? { value: new Secret(text) } : { problem: "is not a signing secret" },
);

/** Text of a given form. @param what names the form in a sentence: "is not ‹what›" */
export const matching = (form: RegExp, what: string) =>
  setting((text) => (form.test(text) ? { value: text } : { problem: `is not ${what}` }));

/** An address or a name of this machine to listen on, an IPv6 address also in brackets. @returns it without them */
export const listenAddress = setting((text) => {
  const value = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  const isName = value === text && /^[A-Za-z0-9.-]+$/.test(text) && !/^[\d.]+$/.test(text);
  const isAddress = value === text ? isIP(value) !== 0 : isIPv6(value);
  return isName || isAddress ? { value } : { problem: "is no address and no name of this machine" };
});

/** The path of a file, which is read where it is needed. */
export const filePath = setting((text) => ({ value: text }));

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max: number) =>
  setting((text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? { value } : { problem: `is not a whole number from ${min} to ${max}` };
  });

/** A time such as `90s`, `30m`, `24h` or `7d`. @returns milliseconds */
export const duration = (min: string, max: string) =>
  setting((text) => {
    const value = durationMs(text);
    if (value === null) return { problem: "is not a whole number followed by s, m, h or d" };
    const fits = value >= (durationMs(min) ?? 0) && value <= (durationMs(max) ?? 0);
    return fits ? { value } : { problem: `is not between ${min} and ${max}` };
  });

/** The same, or `none`. @returns milliseconds; null for `none` */
export const durationOrNone = (min: string, max: string) =>
  setting<number | null>((text) => {
    if (text === "none") return { value: null };
    const value = durationMs(text);
    if (value === null) return { problem: "is not none, and no whole number followed by s, m, h or d" };
    const fits = value >= (durationMs(min) ?? 0) && value <= (durationMs(max) ?? 0);
    return fits ? { value } : { problem: `is not between ${min} and ${max}` };
  });

/** What a time such as `90s`, `30m`, `24h` or `7d` comes to in milliseconds; null where it is none. */
export function durationMs(text: string): number | null {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** An address of a service: https, or http on this machine. @returns it without a slash at its end */
export const serviceUrl = setting((text) => {
  if (!URL.canParse(text)) return { problem: "is not a URL" };
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(url.hostname)))
    return { problem: "does not begin with https:// (http:// is only taken for localhost)" };
  if (url.username !== "" || url.password !== "") return { problem: "holds a user name or a password" };
  if (url.search !== "" || url.hash !== "") return { problem: "has a query or a fragment" };
  return { value: `${url.origin}${url.pathname}`.replace(/\/+$/, "") };
});

/** How long keys live where nobody chooses, and at the most: two durations or `none`, with a slash between them. */
export const lasts = setting<Lasts>((text) => {
  const [usual, longest, ...more] = text.split("/").map((part) => part.trim());
  const read = (part: string | undefined) => (part === "none" ? null : part === undefined ? undefined : lifeMs(part));
  const [defaultMs, longestMs] = [read(usual), read(longest)];
  if (defaultMs === undefined || longestMs === undefined || more.length > 0)
    return { problem: "is not two times with a slash between them, each from 5m to 3650d or none" };
  if (longestMs !== null && (defaultMs === null || defaultMs > longestMs))
    return { problem: "has a default, before the slash, that is longer than the longest after it" };
  return { value: { defaultMs, longestMs } };
});

function lifeMs(text: string): number | undefined {
  const ms = durationMs(text);
  return ms === null || ms < 5 * UNIT_MS.m || ms > 3_650 * UNIT_MS.d ? undefined : ms;
}

/** Ids of users and of user groups, at least one. */
export const people = setting<People>((text) => {
  const ids = entries(text);
  const wrong = ids.findIndex((id) => !/^[UWS][A-Z0-9]{4,}$/.test(id));
  if (wrong >= 0) return { problem: `has no user id (U…, W…) or user-group id (S…) as entry ${wrong + 1}` };
  if (ids.length === 0) return { problem: "names nobody" };
  const each = [...new Set(ids)];
  return { value: { users: each.filter((id) => !isGroup(id)), groups: each.filter(isGroup) } };
});

/** The id of a person or of a user group. */
export const operator = setting<Operator>((text) =>
  /^[UWS][A-Z0-9]{4,}$/.test(text)
    ? { value: { kind: isGroup(text) ? "group" : "user", id: text } }
    : { problem: "is no user id (U…, W…) and no user-group id (S…)" },
);

/** Slack's ids of user groups begin with S, those of users with U or W (Slack, `usergroups.list`, `users.info`). */
const isGroup = (id: string): boolean => id.startsWith("S");

/** What an approval is asked for. Admin keys always need one, so a list without them is a mistake. */
export const approvalClasses = setting<readonly ApprovalClass[]>((text) => {
  const known: readonly string[] = APPROVAL_CLASSES;
  const named = entries(text);
  const wrong = named.findIndex((entry) => !known.includes(entry));
  if (wrong >= 0) return { problem: `has none of ${known.join(", ")} as entry ${wrong + 1}` };
  if (!named.includes("admin")) return { problem: "leaves out admin: Admin keys always need an approval" };
  return { value: APPROVAL_CLASSES.filter((one) => named.includes(one)) };
});

function entries(text: string): string[] {
  const all = text.split(",").map((entry) => entry.trim());
  return all.filter((entry) => entry !== "");
}
