import { createHash } from "node:crypto";
import { type Logger as SlackLogger, LogLevel as SlackLogLevel } from "@slack/web-api";
import pino from "pino";
import type { LogLevel } from "./config";
import { standardOutput } from "./log-output";
import { codesOf, masked, scrubbed } from "./log-scrub";
import type { Log } from "./workflow/ports";

type Fields = { event: string } & Record<string, unknown>;

/** Where the bot's events go. There is no way to log bare text. */
export type EventLog = Log & {
  debug(fields: Fields): void;
  /** A log that adds these fields to each of its lines. */
  child(fields: Record<string, unknown>): EventLog;
};

/**
 * Makes the log: JSON, one line per event.
 * @param options.level the least level that is written
 * @param options.destination takes the finished lines; standard output where left out
 */
export function createLog(options: { level: LogLevel; destination?: pino.DestinationStream }): EventLog {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: masked },
  };
  return toEventLog(pino(settings, options.destination ?? standardOutput()));
}

function toEventLog(logger: pino.Logger): EventLog {
  return {
    debug: (fields) => logger.debug(scrubbed(fields)),
    info: (fields) => logger.info(scrubbed(fields)),
    warn: (fields) => logger.warn(scrubbed(fields)),
    error: (fields) => logger.error(scrubbed(fields)),
    child: (fields) => toEventLog(logger.child(scrubbed(fields))),
  };
}

/** The logger that Bolt, web-api and socket-mode take; the AWS SDK's fits in it. */
export type SdkLogger = SlackLogger & { trace(...said: unknown[]): void };

/**
 * Bridges an SDK's logger. The SDKs put whole requests and answers into what they say, at their debug level on purpose,
 * elsewhere inside an error's text. So only warnings and errors pass, and of those the names and codes of errors, and a
 * fingerprint of the text by which equal messages are recognised.
 * @param source names the SDK in the log, as in `slack.web-api`
 */
export function sdkLogger(log: Pick<Log, "warn" | "error">, source: string): SdkLogger {
  return {
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: (...said: unknown[]) => log.warn({ event: "sdk.warning", source, ...gist(said) }),
    error: (...said: unknown[]) => log.error({ event: "sdk.error", source, ...gist(said) }),
    setLevel: ignore,
    // The SDKs build some texts only if this says debug.
    getLevel: () => SlackLogLevel.WARN,
    setName: ignore,
  };
}

function ignore(): void {}

function gist(said: readonly unknown[]): Record<string, string> {
  const error = said.find((one) => one instanceof Error);
  if (error !== undefined) return codesOf(error);
  const text = said.find((one) => typeof one === "string");
  return text === undefined ? {} : { fingerprint: fingerprint(text) };
}

/** 32 bits: enough to tell messages apart, too few to find a secret by. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
