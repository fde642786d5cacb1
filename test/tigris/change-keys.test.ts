import { gatewayTo, madeAnswer, OWN_ID, respond, rotatedAnswer, SECRET, startServer, type TestServer } from "./server";

let server: TestServer;
let gateway: ReturnType<typeof gatewayTo>;
beforeEach(async () => {
  server = await startServer();
  gateway = gatewayTo(server);
});
afterEach(async () => {
  gateway.tigris.close();
  await server.close();
});

const readOnly = {
  name: "ci-K7QM2XAB",
  permission: "ReadOnly",
  buckets: { kind: "named", names: ["b1", "b2"] },
} as const;

test("a key is made by one signed call that says name and role", async () => {
  server.answer(respond(200, madeAnswer(readOnly.name)));
  const answer = await gateway.tigris.createKey(readOnly);
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
  const form = new URLSearchParams(call?.body);
  expect([...form.keys()]).toEqual(["Req"]);
  expect(JSON.parse(form.get("Req") ?? "")).toEqual({
    req_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: readOnly.name,
    buckets_role: [
      { bucket: "b1", role: "ReadOnly" },
      { bucket: "b2", role: "ReadOnly" },
    ],
  });
});

test("a rotation hands out the new secret of the key that was asked for", async () => {
  server.answer(respond(200, rotatedAnswer("tid_a")));
  const answer = await gateway.tigris.rotateKey("tid_a");
  expect(answer.kind === "rotated" && answer.secret.expose()).toBe(SECRET);
  expect(server.got).toMatchObject([
    { url: "/?Action=RotateAccessKey", body: "Action=RotateAccessKey&AccessKeyId=tid_a" },
  ]);
});
