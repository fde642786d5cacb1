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
import { Organization } from "./organization";
import { tryPower } from "./try-power";
import { tryPair } from "./use";

export type { Behaviour } from "./behaviour";
export type { TigrisCall } from "./calls";
export type { TigrisControls, TigrisOptions, TigrisStandIn } from "./options";
export type { BucketRole, KeyStatus, KeyView } from "./organization";
export type { Power } from "./try-power";
export type { Use } from "./use";

/**
 * Starts a stand-in for Tigris on this machine: a real server, for IAM and S3 at one address.
 * @throws what listening fails with, such as a port that is in use
 */
export async function startTigris(options: TigrisOptions): Promise<TigrisStandIn> {
  const organization = new Organization({ ...options, now: options.now ?? Date.now });
  for (const { name, bucketsRole, ...pair } of options.otherKeys ?? [])
    organization.addKey(name, bucketsRole, null, pair);
  if (options.keptFile) takeKept(organization, options.keptFile);
  const passed: Parts["passed"] = new EventEmitter();
  passed.setMaxListeners(0);
  const parts: Parts = { organization, faults: new Faults(organization.now), calls: [], passed, options, baseUrl: "" };
  const server = createServer((request, response) => {
    response.setHeader("date", new Date(organization.now()).toUTCString());
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
    keys: () => {
      // What is due takes effect before this goes on.
      void parts.faults.runDue();
      return keyViews(organization);
    },
    secrets: () => [...organization.secrets],
    controls: controlsOf(organization),
    use: (accessKeyId, secretAccessKey) => tryPair({ organization, baseUrl: url }, { accessKeyId, secretAccessKey }),
    tryAll: (accessKeyId, secretAccessKey, buckets = organization.buckets) =>
      tryPower({ organization, baseUrl: url }, { accessKeyId, secretAccessKey }, buckets),
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
