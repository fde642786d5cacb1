import { StartError } from "../../start-error";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import type { CallFailure } from "../call";

/** One try to open a connection. `ended` resolves when it has ended, or Slack says that it is about to. */
export type Opening =
  | { kind: "open"; ended: Promise<{ isRefused: boolean }>; close: () => Promise<void> }
  | CallFailure;

/** A place for one connection, which is filled again whenever it becomes empty. */
export type Slot = {
  /** Resolves once the first connection is open. @throws StartError where that can't be */
  start(): Promise<void>;
  isReady(): boolean;
  stop(): Promise<void>;
};

/** Errors of Slack's that mean that the token is wrong (`apps.connections.open`). */
const WRONG_TOKEN = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "user_removed_from_team",
  "team_disabled",
  "not_allowed_token_type",
  "missing_scope",
  "forbidden_team",
]);
const TRIES_AT_START = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export function createSlot(options: { clock: Clock; log: Log; open: () => Promise<Opening> }): Slot {
  const { clock, log, open } = options;
  const stopping = new AbortController();
  let current: Extract<Opening, { kind: "open" }> | null = null;
  let running: Promise<void> = Promise.resolve();

  async function keepFilled(started: { yes: () => void; no: (error: StartError) => void }): Promise<void> {
    let failures = 0;
    let wasOpen = false;
    while (!stopping.signal.aborted) {
      const opening = await open();
      if (opening.kind === "failed") {
        failures += 1;
        log.warn({ event: "transport.not_connected", code: opening.code, failures });
        const error = wasOpen ? null : errorAtStart(opening.code, failures);
        if (error) return started.no(error);
        await clock.wait(opening.retryAfterMs ?? pauseMs(failures), stopping.signal);
        continue;
      }
      failures = 0;
      wasOpen = true;
      current = opening;
      started.yes();
      log.info({ event: "transport.connected" });
      const { isRefused } = await Promise.race([opening.ended, aborted(stopping.signal)]);
      current = null;
      // The old connection closes by itself while the new one opens.
      if (stopping.signal.aborted) await closed(opening);
      else log.info({ event: "transport.disconnected", isRefused });
      if (isRefused) {
        log.error({ event: "transport.socket_mode_is_off" });
        await clock.wait(LONGEST_PAUSE_MS, stopping.signal);
      }
    }
  }

  return {
    start: () =>
      new Promise((yes, no) => {
        running = keepFilled({ yes, no });
      }),
    isReady: () => current !== null,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

function errorAtStart(code: string, failures: number): StartError | null {
  if (WRONG_TOKEN.has(code))
    return new StartError(
      "slack_app_token",
      `Slack does not take SLACK_APP_TOKEN (${code}). It needs an app-level token with the scope connections:write, ` +
        "and Socket Mode turned on in the app's settings.",
      78,
    );
  if (failures < TRIES_AT_START) return null;
  return new StartError("slack_unreachable", `Slack did not open a connection (${code}). Try again.`, 1);
}

/** A second, doubling, a minute at most. */
function pauseMs(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
}

function aborted(signal: AbortSignal): Promise<{ isRefused: boolean }> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ isRefused: false });
    signal.addEventListener("abort", () => resolve({ isRefused: false }), { once: true });
  });
}

const CLOSE_MS = 2_000;

/** Closing takes as long as the other side lets it: not longer than this. */
async function closed(opening: { close: () => Promise<void> }): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_MS);
  });
  await Promise.race([opening.close().catch(() => undefined), late]);
  clearTimeout(timer);
}
