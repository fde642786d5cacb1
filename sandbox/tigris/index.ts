import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, jsonAnswer, send } from "../answer";
import { Faults } from "../faults";
import { answerCall, type Parts } from "./answer-call";
import { answerControl } from "./control-api";
import { controlsOf, keyViews } from "./controls";
import { serveFeeds } from "./feeds";
import { takeKept } from "./kept";
import type { TigrisOptions, TigrisStandIn } from "./options";
import { Organisation } from "./organisation";
import { tryPair } from "./use";

export type { TigrisCall } from "./calls";
export type { TigrisControls, TigrisOptions, TigrisStandIn } from "./options";
export type { BucketRole, KeyView } from "./organisation";
export type { Use } from "./use";

/**
 * Starts a stand-in for Tigris on this machine: a real server, for IAM and S3 at one address.
 * @throws what listening fails with, such as a port that is in use
 */
export async function startTigris(options: TigrisOptions): Promise<TigrisStandIn> {
  const organisation = new Organisation({ ...options, now: options.now ?? Date.now });
  for (const { name, bucketsRole, ...pair } of options.otherKeys ?? [])
    organisation.addKey(name, bucketsRole, null, pair);
  if (options.keptFile) takeKept(organisation, options.keptFile);
  const passed: Parts["passed"] = new EventEmitter();
  passed.setMaxListeners(0);
  const parts: Parts = { organisation, faults: new Faults(), calls: [], passed, options, baseUrl: "" };
  const server = createServer((request, response) => {
    response.setHeader("date", new Date(organisation.now()).toUTCString());
    void answer(parts, request).then(
      (given) => send(response, given),
      () => send(response, null),
    );
  });
  const stopFeeds = serveFeeds(server, parts);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  parts.baseUrl = url;

  return {
    url,
    iamUrl: url,
    s3Url: url,
    faults: parts.faults,
    calls: parts.calls,
    keys: () => keyViews(organisation),
    secrets: () => [...organisation.secrets],
    controls: controlsOf(organisation),
    use: (accessKeyId, secretAccessKey) =>
      tryPair({ buckets: organisation.buckets, now: organisation.now, baseUrl: url }, { accessKeyId, secretAccessKey }),
    stop: async () => {
      parts.faults.clear();
      stopFeeds();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(parts: Parts, request: IncomingMessage): Promise<Answer | null> {
  const path = request.url ?? "";
  if (!path.startsWith("/")) return Promise.resolve(jsonAnswer(400, { Code: "InvalidURI", Message: "no path" }));
  const url = new URL(parts.baseUrl + path);
  return url.pathname.startsWith("/sandbox/") ? answerControl(parts, url, request) : answerCall(parts, url, request);
}
