import type { IncomingMessage } from "node:http";
import { type Answer, jsonAnswer, readBody } from "../answer";
import { isFromHere } from "../from-here";
import { told } from "../happened";
import type { Parts } from "./answer-call";
import { happeningOf } from "./calls";
import { keyViews } from "./controls";
import { readFault } from "./read-fault";
import { tryPair } from "./use";

/** Answers `/sandbox/…`: what a person at the controls sees and does. Nothing here shows a secret. */
export async function answerControl(parts: Parts, url: URL, request: IncomingMessage): Promise<Answer> {
  if (!isFromHere(request)) return jsonAnswer(403, { error: "only pages of this address may act here" });
  const { organisation, faults, calls, baseUrl } = parts;
  const asked = readFields(await readBody(request));
  if (!asked) return jsonAnswer(400, { error: "the body is no JSON object" });
  switch (`${request.method} ${url.pathname}`) {
    case "GET /sandbox/happened":
      return jsonAnswer(200, { happenings: told(calls.map(happeningOf), Number(url.searchParams.get("since") ?? 0)) });
    case "GET /sandbox/keys":
      return jsonAnswer(200, { keys: keyViews(organisation), buckets: organisation.buckets });
    case "POST /sandbox/use": {
      const pair = { accessKeyId: String(asked.accessKeyId), secretAccessKey: String(asked.secretAccessKey) };
      return jsonAnswer(200, await tryPair({ buckets: organisation.buckets, now: organisation.now, baseUrl }, pair));
    }
    case "POST /sandbox/faults": {
      const read = readFault(asked);
      if (!read) return jsonAnswer(400, { error: "there is no such fault" });
      faults.arm(read.target, read.fault);
      return jsonAnswer(200, { armed: true });
    }
    case "GET /sandbox/faults":
      return jsonAnswer(200, { waiting: faults.waiting() });
    case "DELETE /sandbox/faults":
      faults.clear();
      return jsonAnswer(200, { armed: false });
    default:
      return jsonAnswer(404, { error: "not_found" });
  }
}

function readFields(body: string): Record<string, unknown> | null {
  if (body === "") return {};
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === "object" && read !== null ? { ...read } : null;
  } catch {
    // Told to the caller as a bad request.
    return null;
  }
}
