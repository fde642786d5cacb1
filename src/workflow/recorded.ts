import type { Key } from "../domain/key";
import { isAboutKey, type Request } from "../domain/request";
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
  const isOwn = request !== null && isAboutKey(request.asked);
  return { request, key, attempt, asking: key && !isOwn ? await record.requests.findOpenAbout(key.accessKeyId) : null };
}

async function withKey(record: Reads, request: Recorded["request"]): Promise<Recorded> {
  return { request, key: request && (await keyOf(record, request)), attempt: null };
}

/** The key that a request owns, made last or is about: an earlier one that was never on may still be on its way out. */
export function keyOf(record: Reads, { id, asked, state }: Request): Promise<Key | null> {
  if (isAboutKey(asked)) return record.keys.find(asked.accessKeyId);
  return "accessKeyId" in state ? record.keys.find(state.accessKeyId) : record.keys.findByRequest(id);
}

/** Who reads the requester's card of a request: whoever owns the key that it made, and its requester where there is none. */
export async function readerOf(record: Reads, request: Request): Promise<string> {
  const key = isAboutKey(request.asked) ? null : await keyOf(record, request);
  return key?.ownerId ?? request.requesterId;
}

/**
 * The name under which everything about one key is changed, one change at a time: that of the request that it was first asked
 * for with. It never changes, so that it can be found before anything is read to decide on.
 * @returns none where there is nothing yet
 */
export async function familyOf(record: Reads, about: Subject | null): Promise<string[]> {
  const requestId = about && (await firstRequestOf(record, about));
  return requestId ? [`request ${requestId}`] : [];
}

async function firstRequestOf(record: Reads, about: Subject): Promise<string | null> {
  if ("accessKeyId" in about) return (await record.keys.find(about.accessKeyId))?.requestId ?? null;
  if ("attemptId" in about) {
    const attempt = await record.attempts.find(about.attemptId);
    return attempt && firstRequestOf(record, { requestId: attempt.requestId });
  }
  const request =
    "viewId" in about
      ? await record.requests.findByView(about.viewId)
      : await record.requests.findReadable(about.requestId);
  if (request === null || !isAboutKey(request.asked))
    return request?.id ?? ("requestId" in about ? about.requestId : null);
  return firstRequestOf(record, { accessKeyId: request.asked.accessKeyId });
}
