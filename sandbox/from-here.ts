import type { IncomingMessage } from "node:http";

/**
 * Whether a request comes from this machine's own programs, or from a page of the very address that it goes to. Pages of
 * other addresses may not act here, also not through a name of their own that leads to this machine.
 */
export function isFromHere({ headers }: Pick<IncomingMessage, "headers">): boolean {
  const host = headers.host ?? "";
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}
