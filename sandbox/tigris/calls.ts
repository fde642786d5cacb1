import type { Answer } from "../answer";
import type { Happening } from "../happened";
import type { Organization } from "./organization";

/** One call as it came in: no secret is in it. */
export type TigrisCall = {
  /** Such as `RotateAccessKey` or `ListBuckets`. */
  action: string;
  params: Record<string, string>;
  /** Who signed it; null where the signature was refused. */
  callerId: string | null;
  at: number;
  /** What the caller was told; null as long as there is no answer, or where it was lost. */
  status: number | null;
  endedAt: number | null;
  /** The answer as it went out, with every secret replaced. */
  answer: string | null;
};

export function recordCall(
  { secrets, now }: Organization,
  { action, params, callerId }: Pick<TigrisCall, "action" | "params" | "callerId">,
): TigrisCall {
  const shown = Object.entries(params).map(([name, value]) => [name, withoutSecrets(secrets, value)]);
  return { action, params: Object.fromEntries(shown), callerId, at: now(), status: null, endedAt: null, answer: null };
}

export function recordAnswer({ secrets, now }: Organization, call: TigrisCall, { status, body }: Answer): void {
  Object.assign(call, { status, endedAt: now(), answer: withoutSecrets(secrets, body) });
}

/** A call as it is told to whoever watches. */
export function happeningOf(call: TigrisCall, index: number): Happening {
  const { action, callerId, at, endedAt, status, params, answer } = call;
  return {
    id: `tigris-${at}-${index}`,
    from: callerId ?? "nobody known",
    to: "Tigris",
    name: action,
    at,
    endedAt,
    isOk: status === null ? null : status < 400,
    asked: params,
    answered: answer,
  };
}

function withoutSecrets(secrets: readonly string[], text: string): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}
