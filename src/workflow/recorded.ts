import type { Key } from "../domain/key";
import type { Request } from "../domain/request";
import type { Recorded } from "./step";
import type { Reads } from "./store-port";

/** What a change is about. The id of an attempt is also that of the delivery that it makes. */
export type Subject = { requestId: string } | { viewId: string } | { accessKeyId: string } | { attemptId: string };

/** Everything that belongs to what a change is about. */
export async function recordedOf(record: Reads, about: Subject | null): Promise<Recorded> {
  if (about === null) return { request: null, key: null, attempt: null };
  if ("requestId" in about) return withKey(record, await record.requests.find(about.requestId));
  if ("viewId" in about) return withKey(record, await record.requests.findByView(about.viewId));
  if ("accessKeyId" in about) {
    const key = await record.keys.find(about.accessKeyId);
    const request = key && (await record.requests.findReadable(key.requestId));
    return { request, key, attempt: null, asking: key && (await record.requests.findOpenAbout(key.accessKeyId)) };
  }
  const attempt = await record.attempts.find(about.attemptId);
  const key = attempt?.accessKeyId ? await record.keys.find(attempt.accessKeyId) : null;
  const request = attempt && (await record.requests.findReadable(attempt.requestId));
  const isOwn = request?.asked.kind === "secret";
  return { request, key, attempt, asking: key && !isOwn ? await record.requests.findOpenAbout(key.accessKeyId) : null };
}

async function withKey(record: Reads, request: Recorded["request"]): Promise<Recorded> {
  return { request, key: request && (await keyOf(record, request)), attempt: null };
}

/** The key that a request made, or that it is about. */
export function keyOf(record: Reads, { id, asked }: Request): Promise<Key | null> {
  return asked.kind === "secret" ? record.keys.find(asked.accessKeyId) : record.keys.findByRequest(id);
}
