import type { Secret } from "./domain/secret";

/** How Slack reaches the bot. */
export type TransportConfig = { kind: "socket"; appToken: Secret } | { kind: "http"; signingSecret: Secret };

/** Over Socket Mode nobody but this machine has to reach the bot; over HTTP, Slack's payloads come through a proxy. */
export function usualHost({ kind }: TransportConfig): string | null {
  return kind === "socket" ? "127.0.0.1" : null;
}

/** An app token means Socket Mode, also where there is a signing secret. */
export function toTransport(env: {
  SLACK_APP_TOKEN?: Secret | undefined;
  SLACK_SIGNING_SECRET?: Secret | undefined;
}): TransportConfig {
  if (env.SLACK_APP_TOKEN !== undefined) return { kind: "socket", appToken: env.SLACK_APP_TOKEN };
  if (env.SLACK_SIGNING_SECRET !== undefined) return { kind: "http", signingSecret: env.SLACK_SIGNING_SECRET };
  throw new Error("the schema lets no configuration without a transport pass");
}
