import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { type Answer, readBody, underFault } from "../answer";
import type { Faults } from "../faults";
import { answerIam } from "./actions";
import { recordAnswer, recordCall, type TigrisCall } from "./calls";
import { type ErrorFormat, errorAnswer, s3ErrorAnswer } from "./errors";
import { writeKept } from "./kept";
import type { TigrisOptions } from "./options";
import type { Organization } from "./organization";
import { answerS3, readS3, type S3Call } from "./s3";
import { checkSignature, type SignatureCheck } from "./signature";

/** What a running stand-in is made of. */
export type Parts = {
  organization: Organization;
  faults: Faults;
  calls: TigrisCall[];
  /** Tells that there is a new call, or an answer. */
  passed: EventEmitter<{ change: [] }>;
  /** Where it listens. */
  baseUrl: string;
  options: Pick<TigrisOptions, "errorFormat" | "pageSize" | "listed" | "keptFile">;
};

type Asked = { check: SignatureCheck; target: Target; format: ErrorFormat };
type Target = { kind: "iam"; params: Record<string, string>; isDetailed: boolean } | { kind: "s3"; call: S3Call };

/**
 * Answers one call of IAM or S3, or does what a fault makes of it. Its signature is checked when it comes in, its key
 * when it takes effect.
 * @returns null where the connection is to be cut instead
 */
export async function answerCall(parts: Parts, url: URL, request: IncomingMessage): Promise<Answer | null> {
  const { organization, faults, calls, passed, options } = parts;
  const method = request.method ?? "GET";
  const body = await readBody(request);
  const params = { ...Object.fromEntries(url.searchParams), ...formOf(request, body) };
  const isIam = method === "POST" && url.pathname === "/";
  const target: Target = isIam
    ? { kind: "iam", params, isDetailed: url.searchParams.has("Detailed") }
    : { kind: "s3", call: readS3({ method, url, headers: request.headers, body }) };
  // A rotation that is due changes which secret is the right one.
  await faults.runDue();
  const signed = { method, url, headers: request.headers, body };
  const format = options.errorFormat ?? formatFor(request);
  const check = checkSignature(signed, (id) => organization.keys.get(id)?.secret ?? null, organization.now());

  const action = nameOf(target) ?? `${method} ${url.pathname}`;
  const call = recordCall(organization, {
    action,
    params,
    callerId: check.kind === "valid" ? check.accessKeyId : null,
  });
  const requestId = `sandbox-${calls.push(call)}`;
  passed.emit("change");
  const given = await underFault(faults, action, params, (at = organization.now()) => {
    const answer = organization.asAt(at, () => takeEffect(parts, { check, target, format }));
    if (options.keptFile) writeKept(organization, options.keptFile);
    return { ...answer, headers: { ...answer.headers, "x-amz-request-id": requestId } };
  });
  if (given) recordAnswer(organization, call, given);
  passed.emit("change");
  return given;
}

function takeEffect({ organization, options }: Parts, { check, target, format }: Asked): Answer {
  const refuse = ({ status, iam, s3 = iam }: Refusal) =>
    target.kind === "iam" ? errorAnswer(format, status, iam, iam) : s3ErrorAnswer(status, s3);
  if (check.kind !== "valid") return refuse(REFUSALS[check.kind]);
  const caller = organization.keys.get(check.accessKeyId);
  if (!caller || caller.status === "inactive") return refuse(REFUSALS.unknown_key);
  caller.lastUsedAt = organization.now();
  if (target.kind === "s3") return answerS3(organization, caller, target.call);
  return answerIam({
    organization,
    caller,
    params: target.params,
    isDetailed: target.isDetailed,
    format,
    pageSize: options.pageSize ?? 1_000,
    listed: options.listed ?? { creator: true, createdAt: true },
  });
}

type Refusal = { status: number; iam: string; s3?: string };

/** AWS's codes; which of them Tigris gives is a guess. */
const REFUSALS: Record<Exclude<SignatureCheck["kind"], "valid">, Refusal> = {
  unsigned: { status: 403, iam: "MissingAuthenticationToken", s3: "AccessDenied" },
  malformed: { status: 400, iam: "IncompleteSignature", s3: "AuthorizationHeaderMalformed" },
  skewed: { status: 403, iam: "RequestTimeTooSkewed" },
  unknown_key: { status: 403, iam: "InvalidAccessKeyId" },
  mismatch: { status: 403, iam: "SignatureDoesNotMatch" },
};

function nameOf(target: Target): string | null {
  return target.kind === "iam" ? (target.params.Action ?? null) : target.call.action;
}

/** XML, unless JSON is asked for. */
function formatFor({ headers }: IncomingMessage): ErrorFormat {
  return headers.accept?.includes("application/json") ? "json" : "xml";
}

function formOf(request: IncomingMessage, body: string): Record<string, string> {
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
}
