import type { Fault, FaultTarget } from "../faults";

type Fields = Record<string, unknown>;

/** A fault as it comes in over HTTP. @returns null where it is none */
export function readFault(asked: Fields): { target: FaultTarget; fault: Fault } | null {
  const { call, nth = 1, times = 1 } = asked;
  const fault = faultOf(Object(asked.fault) as Fields);
  if (typeof call !== "string" || !isCount(nth) || !isCount(times) || !fault) return null;
  return { target: { call, nth, times }, fault };
}

function faultOf({ kind, when, ms, status, headers, body }: Fields): Fault | null {
  if (kind === "refuse") {
    if (!isStatus(status)) return null;
    return { kind, status, body, ...(isHeaders(headers) ? { headers } : {}) };
  }
  if (kind === "late") return isDuration(ms) ? { kind, ms } : null;
  if (when !== "before" && when !== "after") return null;
  switch (kind) {
    case "hold":
    case "lose":
      return { kind, when };
    case "delay":
      return isDuration(ms) ? { kind, when, ms } : null;
    case "garble":
      return typeof body === "string" ? { kind, when, body, ...(isStatus(status) ? { status } : {}) } : null;
    default:
      return null;
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}

function isDuration(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
}

function isHeaders(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string");
}
