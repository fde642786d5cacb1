import { addAbortSignal, type Readable } from "node:stream";

/** A response that is longer than anybody wants to read. */
export class TooLong extends Error {}

/**
 * Reads a whole response.
 * @param signal ends the reading, however slowly the bytes still come
 * @returns its text, or null where it is longer than `maxBytes` or no UTF-8
 * @throws the stream's own error, which holds nothing of the response, where the response is cut off
 */
export async function readText(body: Readable, maxBytes: number, signal?: AbortSignal): Promise<Text> {
  const bytes = await readBytes(signal ? addAbortSignal(signal, body) : body, maxBytes);
  if (bytes === null) return { body: null, isTooLong: true };
  try {
    return { body: decoded(bytes), isTooLong: false };
  } finally {
    // They may hold a secret, and memory that is let go keeps what stands in it.
    bytes.fill(0);
  }
}

type Text = { body: string | null; isTooLong: boolean };

/**
 * Reads a whole response, and stops as soon as it is too long.
 * @returns null where it is longer than `maxBytes`
 */
export async function readBytes(body: Readable, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) return null;
      length += chunk.length;
      chunks.push(chunk);
      if (length > maxBytes) return null;
    }
    return Buffer.concat(chunks, length);
  } finally {
    for (const chunk of chunks) chunk.fill(0);
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Says only that the bytes are no UTF-8, as the null does.
    return null;
  }
}
