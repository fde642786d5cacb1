/** What a client asks for at start instead of a session (PostgreSQL's manual, "Message Formats"). */
const SSL_REQUEST = 80_877_103;

const LENGTH_BYTES = 4;
const INT16_BYTES = 2;
const BINARY = 1;

/** One message with its bytes as they came; `type` is null for those at the start, which have none. */
export type Message = { type: string | null; body: Buffer; bytes: Buffer };

/** Cuts a stream into whole messages. @param starts whether its first message has no type, as a client's */
export function createMessageReader({ starts }: { starts: boolean }): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let isStarting = starts;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = isStarting ? 0 : 1;
      if (rest.length < head + LENGTH_BYTES) return messages;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return messages;
      const bytes = rest.subarray(0, end);
      const body = bytes.subarray(head + LENGTH_BYTES);
      messages.push({ type: isStarting ? null : String.fromCharCode(bytes[0] ?? 0), body, bytes });
      // After a request for TLS that was refused, the client starts again.
      if (!asksForTls(body, isStarting)) isStarting = false;
      rest = rest.subarray(end);
    }
  };
}

function asksForTls(body: Buffer, isStarting: boolean): boolean {
  return isStarting && body.length === LENGTH_BYTES && body.readInt32BE(0) === SSL_REQUEST;
}

/** Whether a message at the start asks for TLS, which the server answers with one byte. */
export const isTlsRequest = ({ type, body }: Message): boolean => type === null && asksForTls(body, true);

/**
 * Follows what a client sends in one session.
 * @returns for each message the statement that it makes the server execute, with what is bound to it as text; or null
 */
export function createStatementReader(): (message: Message) => string | null {
  const prepared = new Map<string, string>();
  const portals = new Map<string, string>();
  return ({ type, body }) => {
    const [first, next] = textAt(body, 0);
    switch (type) {
      case "Q":
        return first;
      case "P":
        prepared.set(first, textAt(body, next)[0]);
        return null;
      case "B": {
        const [statement, after] = textAt(body, next);
        portals.set(first, withValues(prepared.get(statement) ?? "", boundValues(body, after)));
        return null;
      }
      case "E":
        return portals.get(first) ?? "";
      default:
        return null;
    }
  };
}

function withValues(statement: string, values: (string | null)[]): string {
  return values.length === 0 ? statement : `${statement} ${JSON.stringify(values)}`;
}

/** Those of a Bind message: formats first, then each value with its length, which is -1 for null. */
function boundValues(body: Buffer, from: number): (string | null)[] {
  const formats = Array.from({ length: body.readInt16BE(from) }, (_, index) =>
    body.readInt16BE(from + INT16_BYTES * (index + 1)),
  );
  let at = from + INT16_BYTES * (formats.length + 1);
  const count = body.readInt16BE(at);
  at += INT16_BYTES;
  return Array.from({ length: count }, (_, index) => {
    const length = body.readInt32BE(at);
    at += LENGTH_BYTES;
    if (length < 0) return null;
    const value = body.subarray(at, at + length);
    at += length;
    const format = formats.length === 1 ? formats[0] : formats[index];
    return value.toString(format === BINARY ? "hex" : "utf8");
  });
}

/** A text that ends with a zero byte. @returns it, and where the next thing begins */
function textAt(body: Buffer, from: number): [string, number] {
  const end = body.indexOf(0, from);
  return end < 0 ? ["", body.length] : [body.toString("utf8", from, end), end + 1];
}
