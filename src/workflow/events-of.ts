import type { Event } from "../domain/event";
import type { Recorded, Step } from "./step";

/** The events of a step, about the record as it is after it. */
export function eventsOf(
  after: Recorded,
  { actorId, newRequest, request, key, attempt, asking, events, alert }: Step,
  at: number,
) {
  const common = {
    at,
    actorId,
    requestId: after.request?.id ?? after.attempt?.requestId ?? null,
    accessKeyId: after.key?.accessKeyId ?? after.attempt?.accessKeyId ?? null,
    ...referencesOf(after),
  };
  const all: Event[] = [];
  if (newRequest) all.push({ ...common, name: newRequest.event, outcome: newRequest.outcome ?? newRequest.state.kind });
  if (request) all.push({ ...common, name: request.event, outcome: request.outcome ?? request.to.kind });
  if (asking && after.asking)
    all.push({ ...common, requestId: after.asking.id, name: asking.event, outcome: asking.outcome ?? asking.to.kind });
  if (key) all.push({ ...common, name: key.event, outcome: key.outcome ?? key.to.kind });
  if (attempt?.event) all.push({ ...common, name: attempt.event, outcome: attempt.outcome ?? attempt.to.work.phase });
  for (const event of events ?? []) all.push({ ...common, ...event });
  if (alert) all.push({ ...common, name: "attempt.alerted", outcome: alert.code });
  return all;
}

function referencesOf({ request, key }: Recorded): Pick<Event, "references"> {
  const all = new Set([request, key].flatMap((one) => one?.reference ?? []));
  return all.size === 0 ? {} : { references: [...all].join(" ") };
}
