import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, jsonAnswer, readBody, send, underFault } from "../answer";
import { Faults } from "../faults";
import { isFromHere } from "../from-here";
import { ACTIONS } from "./actions";
import { answerControl, keyViews } from "./control";
import { type ErrorFormat, errorAnswer, s3ErrorAnswer } from "./errors";
import { takeKept, writeKept } from "./kept";
import { type BucketRole, type KeyView, Organisation, type RootKey, type StoredKey } from "./organisation";
import { answerS3 } from "./s3";
import { checkSignature, type SignatureCheck } from "./signature";
import { tryPair, type Use } from "./use";

export type { BucketRole, KeyView } from "./organisation";
export type { Use } from "./use";

export type TigrisOptions = {
  /** 0 for any. */
  port?: number;
  /** Milliseconds since 1970: when keys are made. Signatures go by the machine's clock. */
  now?: () => number;
  organisation: string;
  /** An admin's key that exists from the start. */
  rootKey: RootKey;
  otherKeys?: (RootKey & { name: string; bucketsRole: BucketRole[] })[];
  buckets: string[];
  errorFormat?: ErrorFormat;
  /** The most keys on one page of a list. */
  pageSize?: number;
  /** Keeps the keys in this file, secrets too, from one start to the next. */
  keptFile?: string;
  /** What a list says of a key. */
  listed?: { creator: boolean; createdAt: boolean };
};

/** One call as it came in: no secret is in it. */
export type TigrisCall = {
  action: string;
  params: Record<string, string>;
  callerId: string | null;
  at: number;
  status: number | null;
  /** When it was answered; null as long as it is not. */
  endedAt: number | null;
  /** The answer as it went out, with every secret replaced. */
  answer: string | null;
};

export type TigrisStandIn = {
  url: string;
  iamUrl: string;
  s3Url: string;
  faults: Faults;
  calls: TigrisCall[];
  keys(): KeyView[];
  /** Every secret that there ever was, for whoever searches for them. */
  secrets(): string[];
  controls: {
    setBuckets(names: string[]): void;
    /** Lists show the keys of this moment until it is let go. */
    freezeListing(): { release(): void };
    /** Lists show no key at all, or all again. */
    emptyListing(isEmpty: boolean): void;
    setKeyRoles(accessKeyId: string, roles: BucketRole[]): void;
    removeKey(accessKeyId: string): void;
    /** Makes a key as the Dashboard does. */
    addKey(name: string, roles: BucketRole[]): KeyView;
    setOrganisation(namespaceId: string): void;
  };
  /** Signs real calls with a pair, and says what it may do. */
  use(accessKeyId: string, secretAccessKey: string): Promise<Use>;
  stop(): Promise<void>;
};

/** Starts a stand-in for Tigris on this machine: a real server, for IAM and S3 at one address. */
export async function startTigris(options: TigrisOptions): Promise<TigrisStandIn> {
  const organisation = new Organisation({ ...options, now: options.now ?? Date.now });
  for (const { name, bucketsRole, ...pair } of options.otherKeys ?? [])
    organisation.addKey(name, bucketsRole, null, pair);
  if (options.keptFile) takeKept(organisation, options.keptFile);
  const faults = new Faults();
  const calls: TigrisCall[] = [];
  const context: Context = { organisation, faults, calls, options, baseUrl: "" };
  const server = createServer((request, response) => {
    void answer(context, request).then(
      (given) => send(response, given),
      () => send(response, null),
    );
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  context.baseUrl = url;

  return {
    url,
    iamUrl: url,
    s3Url: url,
    faults,
    calls,
    keys: () => keyViews(organisation),
    secrets: () => [...organisation.secrets],
    controls: {
      setBuckets: (names) => {
        organisation.buckets = [...names];
      },
      freezeListing: () => {
        organisation.shownInstead = [...organisation.keys.values()];
        return {
          release: () => {
            organisation.shownInstead = null;
          },
        };
      },
      emptyListing: (isEmpty) => {
        organisation.shownInstead = isEmpty ? [] : null;
      },
      setKeyRoles: (id, roles) => {
        keyOf(organisation, id).bucketsRole = roles;
      },
      removeKey: (id) => void organisation.keys.delete(id),
      addKey: (name, roles) => {
        const { secret: _secret, ...key } = organisation.addKey(name, roles, null);
        return key;
      },
      setOrganisation: (namespaceId) => {
        organisation.namespaceId = namespaceId;
      },
    },
    use: (accessKeyId, secretAccessKey) => tryPair(url, { accessKeyId, secretAccessKey }, organisation.buckets),
    stop: async () => {
      faults.clear();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Context = {
  organisation: Organisation;
  faults: Faults;
  calls: TigrisCall[];
  options: TigrisOptions;
  baseUrl: string;
};

async function answer(context: Context, request: IncomingMessage): Promise<Answer | null> {
  const { organisation, faults, baseUrl, options } = context;
  const url = new URL(request.url ?? "/", baseUrl);
  const body = await readBody(request);
  const method = request.method ?? "GET";
  if (url.pathname.startsWith("/sandbox/")) {
    if (!isFromHere(request)) return jsonAnswer(403, { error: "only pages of this address may act here" });
    return answerControl({ organisation, faults, baseUrl, calls: context.calls }, url, method, body);
  }
  const params = { ...Object.fromEntries(url.searchParams), ...formOf(request, body) };
  const action = params.Action ?? s3Action(method, url);
  const check = checkSignature({ method, url, headers: request.headers, body }, (id) => secretOf(organisation, id));
  const call: TigrisCall = {
    action,
    params,
    callerId: check.kind === "valid" ? check.accessKeyId : null,
    at: organisation.now(),
    status: null,
    endedAt: null,
    answer: null,
  };
  context.calls.push(call);
  return underFault(faults, action, params, () => {
    const given = run(context, check, { method, url, body, params, action, request });
    Object.assign(call, {
      status: given.status,
      endedAt: organisation.now(),
      answer: withoutSecrets(organisation, given.body),
    });
    if (options.keptFile) writeKept(organisation, options.keptFile);
    return given;
  });
}

function run(
  { organisation, options }: Context,
  check: SignatureCheck,
  asked: {
    method: string;
    url: URL;
    body: string;
    params: Record<string, string>;
    action: string;
    request: IncomingMessage;
  },
): Answer {
  const isIam = asked.params.Action !== undefined;
  const format = options.errorFormat ?? "json";
  const refuse = (status: number, code: string) =>
    isIam ? errorAnswer(format, status, code, code) : s3ErrorAnswer(status, code);
  const caller = check.kind === "valid" ? organisation.keys.get(check.accessKeyId) : undefined;
  if (!caller) return refuse(403, REFUSALS[check.kind]);
  if (caller.status === "inactive") return refuse(403, "InvalidAccessKeyId");
  caller.lastUsedAt = organisation.now();
  if (!isIam) return answerS3(organisation, caller, asked);
  const action = Object.hasOwn(ACTIONS, asked.action) ? ACTIONS[asked.action] : undefined;
  if (!action) return refuse(400, "InvalidAction");
  return action({
    organisation,
    caller,
    params: asked.params,
    isDetailed: asked.url.searchParams.has("Detailed"),
    wantsJson: asked.request.headers.accept === "application/json",
    format,
    pageSize: options.pageSize ?? 1_000,
    listed: options.listed ?? { creator: true, createdAt: true },
  });
}

const REFUSALS: Record<SignatureCheck["kind"], string> = {
  unsigned: "MissingAuthenticationToken",
  malformed: "IncompleteSignature",
  skewed: "RequestTimeTooSkewed",
  unknown_key: "InvalidAccessKeyId",
  mismatch: "SignatureDoesNotMatch",
  valid: "InvalidAccessKeyId",
};

function formOf(request: IncomingMessage, body: string): Record<string, string> {
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
}

function s3Action(method: string, url: URL): string {
  return url.pathname === "/" ? "ListBuckets" : `${method} object`;
}

function secretOf(organisation: Organisation, accessKeyId: string): string | null {
  return organisation.keys.get(accessKeyId)?.secret ?? null;
}

function withoutSecrets({ secrets }: Organisation, text: string): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}

function keyOf(organisation: Organisation, accessKeyId: string): StoredKey {
  const key = organisation.keys.get(accessKeyId);
  if (!key) throw new Error(`there is no key ${accessKeyId}`);
  return key;
}
