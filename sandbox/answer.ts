import type { IncomingMessage, ServerResponse } from "node:http";
import type { Faults } from "./faults";

/** What a stand-in answers to one call. */
export type Answer = { status: number; headers?: Record<string, string>; body: string };

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * Lets a call take effect, or whatever a fault makes of it. An effect takes place also when its caller has hung up.
 * @param effect is given the moment as which it takes effect, where that is not now
 * @returns the answer, or null where the connection is to be cut instead
 */
export async function underFault(
  faults: Faults,
  call: string,
  params: Record<string, unknown>,
  effect: (at?: number) => Promise<Answer> | Answer,
): Promise<Answer | null> {
  await faults.runDue();
  const hit = faults.take(call, params);
  if (!hit) return effect();
  const { fault, released, reached } = hit;
  switch (fault.kind) {
    case "refuse":
      reached();
      return jsonAnswer(fault.status, fault.body, fault.headers);
    case "hold":
    case "delay": {
      const pause = () => (fault.kind === "hold" ? released : wait(fault.ms));
      const early = fault.when === "after" ? await effect() : null;
      reached();
      await pause();
      await faults.runDue();
      const answer = early ?? (await effect());
      return fault.kind === "hold" && fault.isLost ? null : answer;
    }
    case "late":
      faults.postpone(fault.ms, effect);
      reached();
      return null;
    case "lose":
    case "garble": {
      if (fault.when === "after") await effect();
      reached();
      return fault.kind === "lose" ? null : { status: fault.status ?? 200, body: fault.body };
    }
  }
}

/** Sends an answer, or cuts the connection without one. */
export function send(response: ServerResponse, answer: Answer | null): void {
  if (answer === null) return void response.socket?.destroy();
  if (response.destroyed) return;
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** Reads a request's body. @param limit in bytes; what is longer is cut off, and the request with it */
export function readBody(request: IncomingMessage, limit = 4_194_304): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) request.destroy();
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
    request.on("close", () => reject(new Error("the request was cut off")));
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
