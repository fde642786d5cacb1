import { UpdateAccessKeyCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { signatureHeaders } from "../../../sandbox/tigris/signature";
import { iamClient, type Pair, READER, ROOT, s3Client, startAcme } from "./acme";

let tigris: TigrisStandIn;
afterEach(() => tigris.stop());

const MINUTE_MS = 60_000;

/** What AWS's two clients are refused with; null where they are not. */
async function refusals(pair: Pair, clockOffsetMs = 0): Promise<(string | null)[]> {
  const iam = iamClient(tigris, pair, clockOffsetMs);
  const s3 = s3Client(tigris, pair, clockOffsetMs);
  const sent = [
    iam.send(new UpdateAccessKeyCommand({ AccessKeyId: READER.accessKeyId, Status: "Active" })),
    s3.send(new ListBucketsCommand({})),
  ];
  const names = await Promise.all(
    sent.map((one: Promise<object>) =>
      one.then(
        () => null,
        ({ name, $metadata }) => `${$metadata.httpStatusCode} ${name}`,
      ),
    ),
  );
  iam.destroy();
  s3.destroy();
  return names;
}

test.each<[string, Pair, number, string | null]>([
  ["the right pair", ROOT, 0, null],
  ["an unknown key", { ...ROOT, accessKeyId: "tid_nobody" }, 0, "403 InvalidAccessKeyId"],
  ["a wrong secret", { ...ROOT, secretAccessKey: "tsec_wrong" }, 0, "403 SignatureDoesNotMatch"],
  ["a clock 14 minutes late", ROOT, -14 * MINUTE_MS, null],
  ["a clock 14 minutes early", ROOT, 14 * MINUTE_MS, null],
  ["a clock 16 minutes late", ROOT, -16 * MINUTE_MS, "403 RequestTimeTooSkewed"],
  ["a clock 16 minutes early", ROOT, 16 * MINUTE_MS, "403 RequestTimeTooSkewed"],
])("%s", async (_what, pair, clockOffsetMs, refusal) => {
  tigris = await startAcme({ errorFormat: "xml" });
  expect(await refusals(pair, clockOffsetMs)).toEqual([refusal, refusal]);
  const caller = refusal === null ? pair.accessKeyId : null;
  expect(tigris.calls.map(({ callerId }) => callerId)).toEqual([caller, caller]);
});

const FORM = "Action=ListAccessKeys&MaxItems=1";

/** Sends a signed list of keys of which something was changed on its way. */
async function send(change: {
  headers?: Record<string, string | null>;
  body?: string;
  path?: string;
}): Promise<[number, string]> {
  const url = new URL("/?Detailed", tigris.url);
  const { host: _host, ...headers } = signatureHeaders({ method: "POST", url, body: FORM }, ROOT, "iam");
  const sent = new Headers({
    ...headers,
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  });
  for (const [name, value] of Object.entries(change.headers ?? {})) {
    if (value === null) sent.delete(name);
    else sent.set(name, value.replace("<signed>", headers[name] ?? ""));
  }
  const response = await fetch(new URL(change.path ?? "/?Detailed", tigris.url), {
    method: "POST",
    headers: sent,
    body: change.body ?? FORM,
  });
  return [response.status, await response.text()];
}

test("a request is taken as it was signed", async () => {
  tigris = await startAcme();
  expect(await send({})).toEqual([200, expect.stringContaining('"Keys":[')]);
});

test.each<[string, Parameters<typeof send>[0], number, string]>([
  ["another body", { body: `${FORM}0` }, 403, "SignatureDoesNotMatch"],
  ["another query", { path: "/?Detailed&KeyId=tid_root_key" }, 403, "SignatureDoesNotMatch"],
  ["a header of AWS's that is not covered", { headers: { "x-amz-security-token": "a" } }, 403, "SignatureDoesNotMatch"],
  ["no body hash where one was signed", { headers: { "x-amz-content-sha256": null } }, 403, "SignatureDoesNotMatch"],
  ["a body in chunks", { headers: { "x-amz-content-sha256": "STREAMING-AWS4" } }, 403, "SignatureDoesNotMatch"],
  ["no signature", { headers: { authorization: null } }, 403, "MissingAuthenticationToken"],
  [
    "a signature cut short",
    { headers: { authorization: "AWS4-HMAC-SHA256 Credential=a" } },
    400,
    "IncompleteSignature",
  ],
  ["no date", { headers: { "x-amz-date": null } }, 400, "IncompleteSignature"],
  ["a date that is none", { headers: { "x-amz-date": "yesterday" } }, 403, "RequestTimeTooSkewed"],
])("%s is refused", async (_what, change, status, code) => {
  tigris = await startAcme();
  expect(await send(change)).toEqual([status, JSON.stringify({ Code: code, Message: code })]);
});

test("every region is taken", async () => {
  tigris = await startAcme();
  const s3 = s3Client(tigris, ROOT, 0, "us-east-1");
  await expect(s3.send(new ListBucketsCommand({}))).resolves.toBeDefined();
  s3.destroy();
});

test.each([
  ["us-east-1", "s3", 403],
  ["auto", "sts", 400],
  ["auto", "s3", 403],
])("a scope of region %s and service %s", async (region, service, status) => {
  tigris = await startAcme();
  const url = new URL("/", tigris.url);
  const { host: _host, ...headers } = signatureHeaders({ method: "GET", url, body: "" }, ROOT, "iam");
  const authorization = headers.authorization?.replace("/auto/iam/", `/${region}/${service}/`) ?? "";
  const response = await fetch(url, { headers: { ...headers, authorization } });
  const code = status === 400 ? "AuthorizationHeaderMalformed" : "SignatureDoesNotMatch";
  expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
});

test("errors are XML unless JSON is asked for", async () => {
  tigris = await startAcme();
  const headers = { authorization: null, accept: "*/*" };
  expect(await send({ headers })).toEqual([403, expect.stringContaining("<ErrorResponse><Error><Type>Sender</Type>")]);
});

test("errors can all be XML", async () => {
  tigris = await startAcme({ errorFormat: "xml" });
  const [, body] = await send({ headers: { authorization: null } });
  expect(body).toContain("<ErrorResponse><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code>");
});
