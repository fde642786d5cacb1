import { type Answer, jsonAnswer } from "../answer";
import type { Fault, Faults } from "../faults";
import { type Happening, told } from "../happened";
import type { TigrisCall } from "./index";
import type { Organisation } from "./organisation";
import { tryPair } from "./use";

/** Answers `/sandbox/…`: what a person at the controls sees and does. Nothing here shows a secret. */
export async function answerControl(
  parts: { organisation: Organisation; faults: Faults; baseUrl: string; calls: readonly TigrisCall[] },
  url: URL,
  method: string,
  body: string,
): Promise<Answer> {
  const { organisation, faults, baseUrl, calls } = parts;
  const asked = (body === "" ? {} : JSON.parse(body)) as Record<string, unknown>;
  switch (`${method} ${url.pathname}`) {
    case "GET /sandbox/happened":
      return jsonAnswer(200, { happenings: told(calls.map(happeningOf), Number(url.searchParams.get("since") ?? 0)) });
    case "GET /sandbox/keys":
      return jsonAnswer(200, { keys: keyViews(organisation), buckets: organisation.buckets });
    case "POST /sandbox/use": {
      const pair = { accessKeyId: String(asked.accessKeyId), secretAccessKey: String(asked.secretAccessKey) };
      return jsonAnswer(200, await tryPair(baseUrl, pair, organisation.buckets));
    }
    case "POST /sandbox/faults": {
      faults.arm({ call: String(asked.call), times: Number(asked.times ?? 1) }, asked.fault as Fault);
      return jsonAnswer(200, { armed: true });
    }
    case "DELETE /sandbox/faults":
      faults.clear();
      return jsonAnswer(200, { armed: false });
    default:
      return jsonAnswer(404, { error: "not_found" });
  }
}

function happeningOf({ action, callerId, at, endedAt, status, params, answer }: TigrisCall, index: number): Happening {
  return {
    id: `tigris-${index}`,
    from: callerId ?? "nobody known",
    to: "Tigris",
    name: action,
    at,
    endedAt,
    isOk: status === null ? null : status < 400,
    asked: params,
    answered: answer,
  };
}

export function keyViews(organisation: Organisation) {
  return [...organisation.keys.values()].map(({ secret: _secret, ...key }) => key);
}
