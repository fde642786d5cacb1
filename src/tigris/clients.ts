import type { Agent, AgentOptions } from "node:https";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import type { Secret } from "../domain/secret";
import { MAX_LIST_BYTES, READ_ATTEMPTS } from "../domain/service-limits";
import type { Clock } from "../workflow/clock";
import type { ServiceClock } from "../workflow/service-clock";
import { readBytes, TooLong } from "./body";

/** How long a whole call of Tigris may take, in milliseconds. */
export type TigrisTimeouts = {
  /** For a call that makes, rotates or deletes: it is tried once. */
  mutateMs: number;
  /** For a read, over all its pages and attempts. */
  readMs: number;
};

/** The bot's own key, and where its Tigris is; endpoints without a slash at their end. */
export type Account = {
  accessKeyId: string;
  secretAccessKey: Secret;
  iamEndpoint: string;
  s3Endpoint: string;
  region: string;
  /** Makes the agents that connect to it; Node's own where left out or null. */
  httpsAgent?: ((options: AgentOptions) => Agent) | null;
};

export type Clients = {
  /** One attempt, on a connection of its own: one kept open might be closed just as the call is on its way. */
  mutate: IAMClient;
  /** Several attempts, for reads alone. */
  read: IAMClient;
  s3: S3Client;
};

/** Our clock, and what is known of Tigris's. */
export type Times = { clock: Clock; tigrisTime: ServiceClock };

/** As the SDK's own agents are (`@smithy/node-http-handler`). */
const SDK_AGENT = { keepAlive: true, maxSockets: 50 };

/** Makes the SDK's clients. Nothing about them depends on the environment or on files in `~/.aws`. */
export function createClients(account: Account, { readMs }: TigrisTimeouts, times: Times): Clients {
  const agent = (options: AgentOptions) => account.httpsAgent?.(options) ?? options;
  const iam = { ...fixed(account), endpoint: account.iamEndpoint };
  // An attempt that hangs leaves time for the others.
  const patient = {
    requestTimeout: Math.ceil(readMs / READ_ATTEMPTS),
    throwOnRequestTimeout: true,
    httpsAgent: agent(SDK_AGENT),
    logger: silent,
  };
  const prepared = <Client extends IAMClient | S3Client>(client: Client): Client =>
    byTigrisTime(withoutTracing(client), times);
  return {
    mutate: prepared(
      new IAMClient({
        ...iam,
        maxAttempts: 1,
        requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: agent({ keepAlive: false }), logger: silent },
      }),
    ),
    read: prepared(new IAMClient({ ...iam, maxAttempts: READ_ATTEMPTS, requestHandler: patient })),
    s3: prepared(
      new S3Client({
        ...fixed(account),
        endpoint: account.s3Endpoint,
        maxAttempts: READ_ATTEMPTS,
        requestHandler: patient,
        forcePathStyle: true,
        streamCollector: boundedBytes,
        requestChecksumCalculation: "WHEN_REQUIRED",
        responseChecksumValidation: "WHEN_REQUIRED",
        disableS3ExpressSessionAuth: true,
        useArnRegion: false,
        sigv4aSigningRegionSet: [],
      }),
    ),
  };
}

/** Every setting that the SDK would otherwise look for in the environment or in files. */
function fixed({ accessKeyId, secretAccessKey, region }: Account) {
  return {
    region,
    credentials: { accessKeyId, secretAccessKey: secretAccessKey.expose() },
    retryMode: "standard",
    defaultsMode: "standard" as const,
    authSchemePreference: [],
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    userAgentAppId: async () => undefined,
    defaultUserAgentProvider: async (): Promise<[string, string][]> => [["tigris-key-bot", "1"]],
  };
}

/** Inside AWS's own services the SDK adds a trace id from the environment to each call. */
function withoutTracing<Client extends IAMClient | S3Client>(client: Client): Client {
  client.middlewareStack.remove("recursionDetectionMiddleware");
  return client;
}

/**
 * Signs by Tigris's time, and takes note of the time that each of its answers names. The SDK would measure for each client by
 * itself, from the first refusal on, and believe any difference.
 */
function byTigrisTime<Client extends IAMClient | S3Client>(client: Client, { clock, tigrisTime }: Times): Client {
  Object.defineProperty(client.config, "systemClockOffset", {
    // The SDK adds it to the machine's own time.
    get: () => tigrisTime.now() - Date.now(),
    set: () => {},
  });
  // Both have the same stack; the types of their commands differ.
  const { middlewareStack } = client as IAMClient;
  middlewareStack.add(
    (next) => async (args) => {
      const sentAtMs = clock.monotonicMs();
      const handled = await next(args);
      const { headers = {} } = handled.response as { headers?: Record<string, string | undefined> };
      tigrisTime.heard({ date: headers.date ?? null, age: headers.age ?? null, sentAtMs });
      return handled;
    },
    // Before anything else looks at the response.
    { step: "deserialize", priority: "low", name: "tigrisTimeMiddleware" },
  );
  return client;
}

/** @throws TooLong where a page is too large: its walk asks for a smaller one */
async function boundedBytes(stream: Parameters<typeof readBytes>[0]): Promise<Uint8Array> {
  const bytes = await readBytes(stream, MAX_LIST_BYTES);
  if (bytes === null) throw new TooLong("too long");
  return bytes;
}

const nothing = () => {};
/** What the transport has to say (busy sockets) would go to the console. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
