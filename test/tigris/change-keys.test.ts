import type { Access } from "../../src/domain/permission";
import type { LostCause } from "../../src/workflow/tigris-port";
import {
  type Gateway,
  gatewayForEach,
  madeAnswer,
  OWN_ID,
  respond,
  rotatedAnswer,
  SECRET,
  type TestServer,
} from "./server";

let server: TestServer;
let gateway: Gateway;
gatewayForEach((...both) => {
  [server, gateway] = both;
});

const readOnly: { name: string; access: Access } = {
  name: "ci-K7QM2XAB",
  access: { permission: "ReadOnly", buckets: { kind: "named", names: ["b1", "b2"] } },
};
const rolesOfReadOnly = [
  { bucket: "b1", role: "ReadOnly" },
  { bucket: "b2", role: "ReadOnly" },
];

test("a key is made by one signed call that says its name, and gives it no role", async () => {
  server.answer(respond(200, madeAnswer(readOnly.name)));
  const answer = await gateway.tigris.createKey({ name: readOnly.name });
  expect(answer).toMatchObject({ kind: "made", accessKeyId: "tid_new_key" });
  expect(answer.kind === "made" && answer.secret.expose()).toBe(SECRET);
  const [call, ...more] = server.got;
  expect(more).toEqual([]);
  expect(call).toMatchObject({ method: "POST", url: "/?Action=CreateAccessKeyWithBucketsRole" });
  expect(call?.headers).toMatchObject({
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
    authorization: expect.stringMatching(`^AWS4-HMAC-SHA256 Credential=${OWN_ID}/\\d{8}/auto/iam/aws4_request, `),
    "user-agent": expect.stringMatching(/^tigris-key-bot\/1/),
  });
  expect(requested()).toEqual({
    req_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: readOnly.name,
    buckets_role: [],
  });
});

test.each<[string, Access | null, unknown]>([
  ["all roles at once", readOnly.access, rolesOfReadOnly],
  ["none", null, []],
  ["all buckets", { permission: "Editor", buckets: { kind: "all" } }, [{ bucket: "*", role: "Editor" }]],
])("one signed call sets the roles of a key: %s", async (_what, access, roles) => {
  server.answer(respond(200, { status: "success", operation: "update", message: "updated" }));
  expect(await gateway.tigris.setRoles("tid_a", access)).toEqual({ kind: "changed" });
  expect(server.got).toMatchObject([{ method: "POST", url: "/?Action=UpdateAccessKeyWithBucketsRole" }]);
  expect(requested()).toEqual({ id: "tid_a", buckets_role: roles });
});

test.each(["Active", "Inactive"] as const)("one signed call makes a key %s", async (status) => {
  server.answer(respond(200, ""));
  expect(await gateway.tigris.setStatus("tid_a&b", status)).toEqual({ kind: "changed" });
  const body = `Action=UpdateAccessKey&Version=2010-05-08&AccessKeyId=tid_a%26b&Status=${status}`;
  expect(server.got).toMatchObject([{ method: "POST", url: "/?Action=UpdateAccessKey", body }]);
});

/** What the one call of Tigris's own asked for. */
function requested(): unknown {
  expect(server.got).toHaveLength(1);
  const form = new URLSearchParams(server.got[0]?.body);
  expect([...form.keys()]).toEqual(["Req"]);
  return JSON.parse(form.get("Req") ?? "");
}

test("a rotation hands out the new secret of the key that was asked for", async () => {
  server.answer(respond(200, rotatedAnswer("tid_a")));
  const answer = await gateway.tigris.rotateKey("tid_a");
  expect(answer.kind === "rotated" && answer.secret.expose()).toBe(SECRET);
  expect(server.got).toMatchObject([
    { url: "/?Action=RotateAccessKey", body: "Action=RotateAccessKey&AccessKeyId=tid_a" },
  ]);
});

test("a deletion names the key", async () => {
  server.answer(respond(200, ""));
  expect(await gateway.tigris.deleteKey("tid_a&b")).toEqual({ kind: "deleted" });
  expect(server.got).toMatchObject([
    { url: "/?Action=DeleteAccessKey", body: "Action=DeleteAccessKey&Version=2010-05-08&AccessKeyId=tid_a%26b" },
  ]);
});

test("a scope that is none is refused without a call", async () => {
  const access = { permission: "Editor", buckets: { kind: "named", names: ["*"] } } as const;
  const invalid = { kind: "refused", status: 0, code: "invalid_buckets" };
  expect(await gateway.tigris.setRoles("tid_a", access)).toEqual(invalid);
  expect(server.got).toEqual([]);
});

const xmlError = (code: string) =>
  `<?xml version="1.0"?>\n<ErrorResponse xmlns="x"><Error><Code>${code}</Code><Message>m</Message></Error></ErrorResponse>`;
const lost = (cause: LostCause) => ({ kind: "lost", cause, requestId: "req-1" });
const refused = (status: number, code: string) => ({ kind: "refused", status, code });

const VERBS = {
  create: () => gateway.tigris.createKey({ name: readOnly.name }),
  rotate: () => gateway.tigris.rotateKey("tid_a"),
  "set roles": () => gateway.tigris.setRoles("tid_a", readOnly.access),
  "set status": () => gateway.tigris.setStatus("tid_a", "Inactive"),
  delete: () => gateway.tigris.deleteKey("tid_a"),
};

describe.each(Object.keys(VERBS) as (keyof typeof VERBS)[])("what an answer to %s means", (verb) => {
  const ask = VERBS[verb];

  test.each<[string, number, unknown, object]>([
    ["a JSON refusal", 403, { Code: "AccessDenied", Message: "no" }, refused(403, "AccessDenied")],
    ["an XML refusal", 403, xmlError("AccessDenied"), refused(403, "AccessDenied")],
    ["S3's XML refusal", 403, "<Error><Code>InvalidAccessKeyId</Code></Error>", refused(403, "InvalidAccessKeyId")],
    ["a wrapped JSON refusal", 400, { ErrorResponse: { Error: { Code: "BadRequest" } } }, refused(400, "BadRequest")],
    ["a refusal in a page", 403, "<html><body>blocked</body></html>", lost("malformed")],
    ["a refusal without a body", 401, "", lost("malformed")],
    ["a refusal with a secret for a code", 400, { Code: SECRET }, lost("malformed")],
    ["a refusal with a sentence for a code", 400, { Code: "not this way" }, lost("malformed")],
    ["a 404 that is not Tigris's", 404, "not found", lost("malformed")],
    ["another thing not found", 404, { Code: "NoSuchBucket" }, refused(404, "NoSuchBucket")],
    ["NoSuchEntity with another status", 400, { Code: "NoSuchEntity" }, refused(400, "NoSuchEntity")],
    ["too many calls", 429, { Code: "SlowDown" }, refused(429, "Throttled")],
    ["a time-out on the way", 408, "", lost("timeout")],
    ["a server that slows down", 503, { Code: "SlowDown" }, lost("server_error")],
    ["a server's mistake", 500, xmlError("InternalError"), lost("server_error")],
    ["a redirect", 307, "", lost("malformed")],
    ["a page of something in between", 200, "<html></html>", lost("malformed")],
    ["text", 200, "ok", lost("malformed")],
    ["half of a JSON", 200, '{"CreateAccessKeyResult":{', lost("malformed")],
    ["an error with a good status", 200, xmlError("InternalError"), lost("malformed")],
    ["a list", 200, "[]", lost("malformed")],
    ["a failure with a good status", 200, { status: "error", message: "no" }, lost("malformed")],
  ])("%s", async (_what, status, body, expected) => {
    server.answer(respond(status, body, { "x-amz-request-id": "req-1", location: `${server.endpoint}/other` }));
    expect(await ask()).toEqual(expected);
    expect(server.got).toHaveLength(1);
  });

  test("a key that is gone", async () => {
    server.answer(respond(404, { Code: "NoSuchEntity", Message: "gone" }));
    expect(await ask()).toEqual(verb === "create" ? refused(404, "NoSuchEntity") : { kind: "gone" });
  });
});

test.each<[string, unknown, LostCause]>([
  ["another key's name", madeAnswer("other"), "malformed"],
  ["no secret", madeAnswer(readOnly.name, ""), "no_secret"],
  ["no word of a secret", { CreateAccessKeyResult: { AccessKey: { AccessKeyId: "tid_x" } } }, "no_secret"],
  ["what is no secret", madeAnswer(readOnly.name, "AKIA0123456789"), "no_secret"],
  ["a secret cut short", madeAnswer(readOnly.name, "tsec_"), "no_secret"],
  ["no id", { CreateAccessKeyResult: { AccessKey: { SecretAccessKey: SECRET } } }, "malformed"],
  ["a secret for an id", named({ AccessKeyId: SECRET }), "malformed"],
  ["an id with a secret in it", named({ AccessKeyId: `tid_${"tsec_secret"}` }), "malformed"],
  ["an endless id", named({ AccessKeyId: `tid_${"a".repeat(500)}` }), "malformed"],
])("a made key with %s is lost", async (_what, body, cause) => {
  server.answer(respond(200, body));
  expect(await gateway.tigris.createKey({ name: readOnly.name })).toEqual({ kind: "lost", cause, requestId: null });
});

function named(fields: object) {
  return { CreateAccessKeyResult: { AccessKey: { SecretAccessKey: SECRET, ...fields } } };
}

test("a made key in XML is read as well", async () => {
  const key = `<AccessKeyId>tid_x</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey>`;
  const result = `<CreateAccessKeyResult><AccessKey>${key}</AccessKey></CreateAccessKeyResult>`;
  server.answer(respond(200, `<CreateAccessKeyResponse xmlns="x">${result}</CreateAccessKeyResponse>`));
  const answer = await gateway.tigris.createKey({ name: readOnly.name });
  expect(answer).toMatchObject({ kind: "made", accessKeyId: "tid_x" });
  expect(answer.kind === "made" && answer.secret.expose()).toBe(SECRET);
});

test.each<[string, unknown, LostCause]>([
  ["another key", rotatedAnswer("tid_b"), "malformed"],
  ["no secret", rotatedAnswer("tid_a", ""), "no_secret"],
  ["no word of a secret", { status: "success", rotate_access_key_result: { id: "tid_a" } }, "no_secret"],
  ["a failure beside the secret", { ...rotatedAnswer("tid_a"), status: "error" }, "malformed"],
])("a rotation with %s is lost", async (_what, body, cause) => {
  server.answer(respond(200, body));
  expect(await gateway.tigris.rotateKey("tid_a")).toEqual({ kind: "lost", cause, requestId: null });
});

test.each<[string, number, unknown]>([
  ["nothing", 204, ""],
  ["an empty JSON", 200, {}],
  ["JSON that says so", 200, { status: "success", message: "deleted" }],
  [
    "AWS's XML",
    200,
    "<DeleteAccessKeyResponse><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteAccessKeyResponse>",
  ],
  ["empty XML", 200, "<DeleteAccessKeyResponse/>"],
])("a deletion answered with %s is done", async (_what, status, body) => {
  server.answer((response) => response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body)));
  expect(await gateway.tigris.deleteKey("tid_a")).toEqual({ kind: "deleted" });
});

const metadata = "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>";
test.each<[string, number, string]>([
  ["nothing", 204, ""],
  ["JSON that says so", 200, '{"status":"success"}'],
  ["AWS's XML", 200, `<UpdateAccessKeyResponse>${metadata}</UpdateAccessKeyResponse>`],
  ["empty XML", 200, "<UpdateAccessKeyResponse/>"],
])("a status is set where the answer is %s", async (_what, status, body) => {
  server.answer((response) => response.writeHead(status).end(body));
  expect(await gateway.tigris.setStatus("tid_a", "Inactive")).toEqual({ kind: "changed" });
});

test.each<[string, number, string]>([
  ["nothing", 204, ""],
  ["an empty JSON", 200, "{}"],
  ["AWS's XML of another action", 200, `<UpdateAccessKeyResponse>${metadata}</UpdateAccessKeyResponse>`],
])("roles are not known to be set where the answer is %s", async (_what, status, body) => {
  server.answer((response) => response.writeHead(status).end(body));
  expect(await gateway.tigris.setRoles("tid_a", null)).toEqual({ kind: "lost", cause: "malformed", requestId: null });
});

test("what did not work is logged by its codes", async () => {
  server.answer(respond(403, { Code: "AccessDenied", Message: SECRET }));
  await gateway.tigris.deleteKey("tid_a");
  server.answer(respond(500, SECRET, { "x-amz-request-id": "req-1" }));
  await gateway.tigris.rotateKey("tid_a");
  expect(gateway.logged).toEqual([
    { event: "tigris.refused", call: "delete_key", status: 403, code: "AccessDenied" },
    { event: "tigris.lost", call: "rotate_key", cause: "server_error", tigrisRequestId: "req-1" },
  ]);
});
