import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { MAX_LIST_BYTES, READ_ATTEMPTS } from "../domain/limits";
import type { Secret } from "../domain/secret";
import { readBytes } from "./body";

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
};

export type Clients = {
  /** One attempt, on a connection of its own: one kept open might be closed just as the call is on its way. */
  mutate: IAMClient;
  /** Several attempts, for reads alone. */
  read: IAMClient;
  s3: S3Client;
};

/** Makes the SDK's clients. Nothing about them depends on the environment or on files in `~/.aws`. */
export function createClients(account: Account, { readMs }: TigrisTimeouts): Clients {
  const iam = { ...fixed(account), endpoint: account.iamEndpoint };
  // An attempt that hangs leaves time for the others.
  const patient = { requestTimeout: Math.ceil(readMs / READ_ATTEMPTS), throwOnRequestTimeout: true, logger: silent };
  return {
    mutate: withoutTracing(
      new IAMClient({
        ...iam,
        maxAttempts: 1,
        requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false }, logger: silent },
      }),
    ),
    read: withoutTracing(new IAMClient({ ...iam, maxAttempts: READ_ATTEMPTS, requestHandler: patient })),
    s3: withoutTracing(
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

/** A response that is too long is handed on as one that says nothing. */
async function boundedBytes(stream: Parameters<typeof readBytes>[0]): Promise<Uint8Array> {
  return (await readBytes(stream, MAX_LIST_BYTES)) ?? new Uint8Array();
}

const nothing = () => {};
/** What the transport has to say (busy sockets) would go to the console. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
