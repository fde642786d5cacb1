import { type Answer, jsonAnswer } from "../answer";
import type { Fault, Faults } from "../faults";
import type { Organisation } from "./organisation";
import { usePair } from "./use";

/** Answers `/sandbox/…`: what a person at the controls sees and does. Nothing here shows a secret. */
export async function answerControl(
  parts: { organisation: Organisation; faults: Faults; baseUrl: string },
  path: string,
  method: string,
  body: string,
): Promise<Answer> {
  const { organisation, faults, baseUrl } = parts;
  const asked = (body === "" ? {} : JSON.parse(body)) as Record<string, unknown>;
  switch (`${method} ${path}`) {
    case "GET /sandbox/keys":
      return jsonAnswer(200, { keys: keyViews(organisation), buckets: organisation.buckets });
    case "POST /sandbox/use": {
      const pair = { accessKeyId: String(asked.accessKeyId), secretAccessKey: String(asked.secretAccessKey) };
      return jsonAnswer(200, await usePair(baseUrl, pair, organisation.buckets));
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

export function keyViews(organisation: Organisation) {
  return [...organisation.keys.values()].map(({ secret: _secret, ...key }) => key);
}
