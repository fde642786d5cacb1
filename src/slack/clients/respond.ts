import type { Operator } from "../../domain/person";
import type { Message } from "../blocks/message";
import { nameOperator } from "./name-operator";

/** What becomes of the message that was clicked. */
export type ResponseMessage =
  | { kind: "beside"; message: Message }
  | { kind: "instead"; message: Message }
  | { kind: "remove" };

/** How a reply goes out: with which fetch, within how many milliseconds, and who runs the bot. */
export type Responding = { fetch: typeof fetch; respondMs: number; operator: Operator | null };

/**
 * Replies to a command or a click through its `response_url`: seen by that person alone, also where the bot is no member.
 * Slack takes five replies within 30 minutes. The address works like a password: it is logged nowhere, and kept in no place but the
 * form that was opened by the same click.
 * @param responseUrl an address that `mayRespondTo` has let pass
 * @returns whether Slack took it
 */
export async function respond(
  responseUrl: string,
  change: ResponseMessage,
  { respondMs, fetch, operator }: Responding,
): Promise<boolean> {
  try {
    const response = await fetch(responseUrl, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(nameOperator(bodyOf(change), operator)),
      redirect: "error",
      signal: AbortSignal.timeout(respondMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Whatever went wrong holds the address; that it failed is all that the caller needs.
    return false;
  }
}

function bodyOf(change: ResponseMessage): object {
  switch (change.kind) {
    case "beside":
      return { response_type: "ephemeral", replace_original: false, ...change.message };
    case "instead":
      return { response_type: "ephemeral", replace_original: true, ...change.message };
    case "remove":
      return { delete_original: true };
  }
}

/** Slack's own domains, GovSlack's included. */
const SLACK = /(^|\.)slack(-gov)?\.com$/;

/**
 * Where replies may go: to Slack over TLS, or, where the bot talks to another Slack, to that host alone.
 * @param apiUrl where the bot calls Slack's methods
 */
export function mayRespondTo(apiUrl: string): (address: string) => boolean {
  const { host: apiHost, hostname: apiName, protocol: apiProtocol } = new URL(apiUrl);
  return (address) => {
    if (!URL.canParse(address)) return false;
    const { host, hostname, protocol } = new URL(address);
    if (SLACK.test(apiName)) return protocol === "https:" && SLACK.test(hostname);
    return protocol === apiProtocol && host === apiHost;
  };
}
