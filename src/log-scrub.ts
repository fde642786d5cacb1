import { MAX_LOGGED_DEPTH, MAX_LOGGED_TEXT } from "./domain/service-limits";

/** Codes of ours, of Node's and of the SDKs', `E2BIG` and `invalid_auth`: shapes that no token and no secret has. */
const CODE = /^(?:[A-Z][A-Z0-9_]{1,63}|(?!tsec_)[a-z]+(?:_[a-z]+)*)$/;
/** Names of classes, and of AWS's errors: `TypeError`, `NoSuchEntity`. */
const NAME = /^[A-Z][A-Za-z]{1,63}$/;
/** A line of a stack (V8's stack trace API), without room for text. */
const FRAME = /^ {4}at (?:async )?(?:[\w$.<>[\] ]+ \()?(?:[^\s()]+:\d+:\d+|<anonymous>|index \d+|native)\)?$/;

/** Credentials by their looks: Slack's tokens, Tigris's secrets, AWS's signed header. */
const CREDENTIAL = /\b(?:xox[a-z]{1,2}[-.]|xapp-|tsec_|AWS4-HMAC-SHA256)[^"\\]*/g;

const SECRET_KEY = /token|secret|passw|authorization|signature|cookie|credential/;
const PAYLOAD_KEYS = new Set([
  "blocks",
  "body",
  "data",
  "headers",
  "message",
  "payload",
  "privatemetadata",
  "responseurl",
  "text",
  "triggerid",
  "view",
]);

const MASK = "[redacted]";

/** What may be said of an error: where it happened and which it is, never its text. */
export type SafeError = { name: string; code?: string; stack?: string };

/**
 * Reduces an error to what holds no payload: its name and code where they look like one, and the frames of its stack.
 * Causes and properties are left out.
 */
export function safeError(error: Error): SafeError {
  const stack = frames(error);
  return { ...codesOf(error), ...(stack === "" ? {} : { stack }) };
}

/** The name and the code of an error, each only where it looks like one. */
export function codesOf(error: Error): { name: string; code?: string } {
  const code = "code" in error ? error.code : undefined;
  const name = [error.name, error.constructor.name].find((one) => NAME.test(one)) ?? "Error";
  return typeof code === "string" && CODE.test(code) ? { name, code } : { name };
}

function frames(error: Error): string {
  const stack = String(error.stack ?? "");
  const message = String(error.message);
  const bare = message === "" ? stack : stack.replaceAll(message, "");
  return bare
    .split("\n")
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim())
    .join("\n");
}

/**
 * Takes out of a log line's fields what never belongs there, at every depth: values under telling names, errors' texts,
 * objects that are no plain data. A second net: whoever logs names single fields to begin with.
 */
export function scrubbed(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, isTelling(key) ? MASK : scrubbedValue(value, depth)]),
  );
}

/** Masks what looks like a credential in a finished line of the log. */
export function masked(line: string): string {
  return line.replaceAll(CREDENTIAL, MASK);
}

function isTelling(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[-_]/g, "");
  return SECRET_KEY.test(plain) || PAYLOAD_KEYS.has(plain);
}

function scrubbedValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.length > MAX_LOGGED_TEXT ? `${value.slice(0, MAX_LOGGED_TEXT)}…` : value;
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "[function]" : value;
  if (value instanceof Error) return safeError(value);
  if (depth >= MAX_LOGGED_DEPTH) return "[deep]";
  if (Array.isArray(value)) return value.map((one) => scrubbedValue(one, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? scrubbed(value, depth + 1) : "[object]";
}
