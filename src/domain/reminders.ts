import { isDue } from "./due";
import { HOUR_MS, MOST_OPEN_MS, REMIND_AFTER_MS, REMIND_AT_PART } from "./limits";
import { type Pending, type Request, waitsSince } from "./request";

/** When those who decide are reminded of a request: a while after it began to wait, and when most of its time is over. */
function momentsOf(request: Request<Pending>): { first: number; last: number } {
  const since = waitsSince(request);
  const last = since + Math.floor((request.state.lapsesAt - since) * REMIND_AT_PART);
  return { first: since + REMIND_AFTER_MS, last };
}

/** When they are reminded next, in milliseconds since 1970; null where both is done. A short wait has one reminder only. */
export function nextReminderAt(request: Request<Pending>): number | null {
  const { first, last } = momentsOf(request);
  if (request.state.reminded === "last") return null;
  return request.state.reminded === "not_yet" && first < last ? first : last;
}

/** The reminder that is due; where both are, since nobody was there to send the first one, the last one alone. */
export function dueReminder(request: Request<Pending>, at: number): "first" | "last" | null {
  const next = nextReminderAt(request);
  if (next === null || !isDue(next, at, MOST_OPEN_MS)) return null;
  return isDue(momentsOf(request).last, at, MOST_OPEN_MS) ? "last" : "first";
}

/** From when on its requester may have the approvers reminded, once an hour after it was asked; null where they may now. */
export function askAgainFrom(request: Request<Pending>, at: number): number | null {
  const from = (request.state.askedAgainAt ?? waitsSince(request)) + HOUR_MS;
  return isDue(from, at, HOUR_MS) ? null : from;
}
