import type { IncomingMessage } from "node:http";
import { type Answer, jsonAnswer, readBody } from "../answer";
import { isFromHere } from "../from-here";
import { told } from "../happened";
import type { Parts } from "./answer-call";
import { readBehaviour } from "./behaviour";
import { happeningOf } from "./calls";
import { changeByHand } from "./change-by-hand";
import { controlsOf, keyViews } from "./controls";
import { writeKept } from "./kept";
import type { KeyPair } from "./key-pair";
import { readFault } from "./read-fault";
import { tryPower } from "./try-power";
import { tryPair } from "./use";

/** Answers `/sandbox/…`: what a person at the controls sees and does. Nothing here shows a secret. */
export async function answerControl(parts: Parts, url: URL, request: IncomingMessage): Promise<Answer> {
  if (!isFromHere(request)) return jsonAnswer(403, { error: "only pages of this address may act here" });
  const { organization, faults, calls, baseUrl, options } = parts;
  const asked = readFields(await readBody(request));
  await faults.runDue();
  if (!asked) return jsonAnswer(400, { error: "the body is no JSON object" });
  switch (`${request.method} ${url.pathname}`) {
    case "GET /sandbox/happened":
      return jsonAnswer(200, { happenings: told(calls.map(happeningOf), Number(url.searchParams.get("since") ?? 0)) });
    case "GET /sandbox/keys":
      return jsonAnswer(200, { keys: keyViews(organization), buckets: organization.buckets });
    case "GET /sandbox/behaviour":
      return jsonAnswer(200, organization.behaviour);
    case "POST /sandbox/behaviour": {
      const changes = readBehaviour(asked);
      if (!changes) return jsonAnswer(400, { error: "there is no such behaviour" });
      controlsOf(organization).behave(changes);
      return jsonAnswer(200, organization.behaviour);
    }
    case "POST /sandbox/keys": {
      const key = changeByHand(organization, asked);
      if (key && options.keptFile) writeKept(organization, options.keptFile);
      return key ? jsonAnswer(200, key) : jsonAnswer(400, { error: "there is no such change, or no such key" });
    }
    case "POST /sandbox/use":
      return jsonAnswer(200, await tryPair({ organization, baseUrl }, pairIn(asked)));
    case "POST /sandbox/try":
      return jsonAnswer(200, await tryPower({ organization, baseUrl }, pairIn(asked), organization.buckets));
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

function pairIn({ accessKeyId, secretAccessKey }: Record<string, unknown>): KeyPair {
  return { accessKeyId: String(accessKeyId), secretAccessKey: String(secretAccessKey) };
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
