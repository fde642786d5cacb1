import type { Readable } from "node:stream";
import { $Command, type IAMClient, type IAMClientResolvedConfig } from "@aws-sdk/client-iam";
import { readText } from "./body";
import { idText } from "./field";

/** One call of Tigris's IAM: the query of its address and its form body. */
export type Call = {
  /** Which action it is, for the log. */
  action: string;
  query: Record<string, string>;
  form: Record<string, string>;
  /** The most that is read of the answer, in bytes. */
  maxBytes: number;
  /** Whether answers that say "later" (429, 5xx) and answers that are cut off are worth another attempt of the client's. */
  isRead: boolean;
};

/** What came back, nothing of it looked at yet. */
export type Answer = {
  status: number;
  /** Tigris's own id of the call, where it gave one. */
  requestId: string | null;
  /** Null where it was too long, no UTF-8, or not worth reading. */
  body: string | null;
};

/** An answer of Tigris's, or that none came: `status` is the last one seen, of an answer that could not be used. */
export type Exchanged =
  | { kind: "answered"; answer: Answer }
  | { kind: "failed"; cause: "timeout" | "connection"; status: number | null };

/**
 * Sends one call and waits for the whole answer.
 * @param signal the deadline over everything, retries and the reading of the answer included
 */
export async function exchange(client: IAMClient, call: Call, signal: AbortSignal): Promise<Exchanged> {
  try {
    const { answer } = await client.send(new CallCommand(call), { abortSignal: signal });
    return { kind: "answered", answer };
  } catch (error) {
    // The error ends here: what the SDK hangs on it is no business of a log's or a cause's.
    const status = error instanceof TryAgain ? error.$metadata.httpStatusCode : null;
    return { kind: "failed", cause: signal.aborted ? "timeout" : "connection", status };
  }
}

/** Tells the SDK's retries that an attempt came to nothing. It holds nothing of the answer. */
class TryAgain extends Error {
  readonly $metadata: { httpStatusCode: number };
  readonly $retryable: { throttling: boolean };

  constructor(httpStatusCode: number) {
    super("try again");
    this.$metadata = { httpStatusCode };
    this.$retryable = { throttling: httpStatusCode === 429 };
  }
}

type Output = { answer: Answer; $metadata: object };
type SendOptions = { abortSignal?: AbortSignal } | undefined;

/**
 * A command for the SDK's client that writes the request and takes the answer itself. The SDK's own reading of answers
 * is left out: its errors carry the whole body, secrets included.
 */
const CallCommand = $Command
  .classBuilder<Call, Output, IAMClientResolvedConfig>()
  .s("Tigris", "Call")
  .n("IAMClient", "CallCommand")
  .m((_command, _stack, config: IAMClientResolvedConfig, options: SendOptions) => [
    {
      applyToStack: (stack) => {
        stack.add((next) => async (args) => next({ ...args, request: await toRequest(args.input, config) }), {
          step: "serialize",
          name: "serializerMiddleware",
          override: true,
        });
        stack.add(
          (next, context) => async (args) => {
            const { response } = await next(args);
            const answer = await toAnswer(response, context.call, options?.abortSignal);
            return { response, output: { answer, $metadata: {} } satisfies Output };
          },
          { step: "deserialize", name: "deserializerMiddleware", override: true },
        );
      },
    },
  ])
  .build();
