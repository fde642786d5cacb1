import type { Readable } from "node:stream";
import { $Command, type IAMClientResolvedConfig } from "@aws-sdk/client-iam";
import { readText } from "./body";
import { plainId } from "./schemas";

/** One call of Tigris's IAM: the query of its address and its form body. */
export type Call = {
  /** Which action it is, for the log. */
  action: string;
  query: Record<string, string>;
  form: Record<string, string>;
  /** The most that is read of the response, in bytes. */
  maxBytes: number;
  /** Reads are worth another attempt of the client's where a response says "later" (429, 5xx) or is cut off. */
  isRead: boolean;
};

/** What came back, nothing of it looked at yet. */
export type TigrisResponse = {
  status: number;
  /** Tigris's own id of the call, where it gave one. */
  requestId: string | null;
  /** Null where it was too long, no UTF-8, cut off or not worth reading. */
  body: string | null;
  isTooLong: boolean;
};

/**
 * An attempt that brought no response. It says what the SDK's retries need to know and holds nothing of what came: even
 * Node's own errors may carry it (`rawPacket`, where the bytes are no HTTP).
 */
export class NoResponse extends Error {
  /** The status of a response that could not be used, where there was one. */
  readonly status: number | null;
  /** Only a client that has attempts left makes use of it. */
  readonly $retryable: { throttling: boolean };

  constructor(status: number | null) {
    super("no response");
    this.name = "NoResponse";
    this.status = status;
    this.$retryable = { throttling: status === 429 };
  }
}

type Output = { response: TigrisResponse; $metadata: object };
type Handed = { input: Call };
type RawResponse = { statusCode: number; headers: Record<string, string | undefined>; body: Readable };
type SendOptions = { abortSignal?: AbortSignal } | undefined;

/**
 * A command for the SDK's client that writes the request and takes the response itself; signing, retries and transport
 * are the client's. The SDK's own reading of responses is left out: its errors carry the whole body, secrets included.
 */
export const CallCommand = $Command
  .classBuilder<Call, Output, IAMClientResolvedConfig>()
  .s("Tigris", "Call")
  .n("IAMClient", "CallCommand")
  .m((_command, _stack, config: IAMClientResolvedConfig, options: SendOptions) => [
    {
      applyToStack: (stack) => {
        stack.add(
          (next) => async (args: Handed) => next({ ...args, request: await toRequest(args.input, config) }),
          // The second name is the one before which the SDK puts its choice of a signer.
          { step: "serialize", name: "serializerMiddleware", aliases: ["endpointV2Middleware"], override: true },
        );
        stack.add(
          (next) => async (args: Handed & { request: unknown }) => {
            const raw = await transported(next(args));
            const response = await readResponse(raw, args.input, options?.abortSignal);
            return { response: raw, output: { response, $metadata: {} } };
          },
          { step: "deserialize", name: "deserializerMiddleware", override: true },
        );
      },
    },
  ])
  .build();

async function toRequest(call: Call, config: IAMClientResolvedConfig) {
  if (!config.endpoint) throw new Error("no endpoint");
  const { protocol, hostname, port, path } = await config.endpoint();
  return {
    method: "POST",
    protocol,
    hostname,
    port,
    path,
    query: { ...call.query },
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams(call.form).toString(),
  };
}

async function transported(sending: Promise<{ response: unknown }>): Promise<RawResponse> {
  try {
    return (await sending).response as RawResponse;
  } catch {
    throw new NoResponse(null);
  }
}

async function readResponse(raw: RawResponse, call: Call, signal?: AbortSignal): Promise<TigrisResponse> {
  const { statusCode: status, headers, body } = raw;
  const requestId = plainId.safeParse(headers["x-amz-request-id"] ?? headers["x-amzn-requestid"]).data ?? null;
  if (status >= 500 || status === 429) {
    body.destroy();
    if (call.isRead) throw new NoResponse(status);
    return { status, requestId, body: null, isTooLong: false };
  }
  try {
    return { status, requestId, ...(await readText(body, call.maxBytes, signal)) };
  } catch {
    // What a refusal says is good to have; that it is one shows in its status.
    if (status >= 400) return { status, requestId, body: null, isTooLong: false };
    throw new NoResponse(null);
  }
}
