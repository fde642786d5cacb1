import { Secret } from "../../src/domain/secret";
import { createKeyTrial } from "../../src/tigris/try-key";
import { findSecrets } from "../kit/secret-search";
import { timesOfTigris } from "../kit/times";
import { OWN_SECRET, type Reply, respond, startServer, type TestServer } from "./server";

let server: TestServer;
let trial: ReturnType<typeof createKeyTrial>;
beforeEach(async () => {
  server = await startServer();
  const { endpoint } = server;
  trial = createKeyTrial({
    accessKeyId: "tid_tried",
    secretAccessKey: new Secret(OWN_SECRET),
    iamEndpoint: endpoint,
    s3Endpoint: endpoint,
    region: "auto",
    timeouts: { mutateMs: 1_000, readMs: 1_000 },
    ...timesOfTigris(),
  });
});
afterEach(async () => {
  trial.close();
  await server.close();
});

const LISTS: Record<string, string> = { logs: "<ListBucketResult/>", "": "<ListAllMyBucketsResult/>" };
const error = (code: string) => `<Error><Code>${code}</Code><Message>${OWN_SECRET}</Message></Error>`;

describe.each([["logs"], [null]])("in %s", (bucket) => {
  test("a key that may list opens it, by one call that asks for one name", async () => {
    server.answer(respond(200, LISTS[bucket ?? ""] ?? ""));
    expect(await trial.opens(bucket)).toEqual({ kind: "opened" });
    expect(server.got).toMatchObject([
      {
        method: "GET",
        url: expect.stringMatching(bucket === null ? /^\/\?.*max-buckets=1(&|$)/ : /^\/logs\/\?.*max-keys=1(&|$)/),
        headers: { authorization: expect.stringContaining("Credential=tid_tried/") },
      },
    ]);
  });

  test.each<[string, Reply, object]>([
    ["may not", respond(403, error("AccessDenied")), { kind: "denied", code: "AccessDenied" }],
    ["is not known", respond(403, error("InvalidAccessKeyId")), { kind: "denied", code: "InvalidAccessKeyId" }],
    [
      "signed wrongly",
      respond(403, error("SignatureDoesNotMatch")),
      { kind: "unavailable", reason: "SignatureDoesNotMatch" },
    ],
    [
      "is refused by something in between",
      respond(403, "<html>no</html>"),
      { kind: "unavailable", reason: expect.any(String) },
    ],
    ["gets no answer", () => {}, { kind: "unavailable", reason: expect.any(String) }],
  ])("a key that %s", async (_what, reply, expected) => {
    server.answer(reply);
    const opened = await trial.opens(bucket);
    expect(opened).toEqual(expected);
    expect(findSecrets([OWN_SECRET], [{ name: "answer", content: opened }])).toEqual([]);
  });
});
