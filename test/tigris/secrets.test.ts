import fc from "fast-check";
import { Secret } from "../../src/domain/secret";
import { CallCommand } from "../../src/tigris/call-command";
import { isDone, madeKey, rotatedSecret } from "../../src/tigris/changed-key";
import { createClients } from "../../src/tigris/clients";
import { codeOf, parse } from "../../src/tigris/parse";
import { findSecrets } from "../kit/secret-search";
import { timesOfTigris } from "../kit/times";
import {
  gatewayTo,
  madeAnswer,
  OWN_ID,
  OWN_SECRET,
  type Reply,
  respond,
  rotatedAnswer,
  SECRET,
  startServer,
  type TestServer,
} from "./server";

/** Where a value's class and its ancestors keep data, they are searched as well. */
function lineage(value: unknown): unknown[] {
  const all: unknown[] = [];
  for (let one = value; one !== null && one !== undefined; one = Object.getPrototypeOf(one)) all.push(one);
  return all;
}
const secretsIn = (...values: unknown[]) =>
  findSecrets([SECRET, OWN_SECRET], [{ name: "value", content: values.flatMap(lineage) }]);

const NAME = "deploy-K7QM2XAB";
const ALL = { permission: "Admin", buckets: { kind: "all" } } as const;
const made = JSON.stringify(madeAnswer(NAME));
const rotated = JSON.stringify(rotatedAnswer("tid_a"));
const error = { Code: SECRET, Message: `${OWN_SECRET} ${SECRET}` };
const headers = { "x-amz-request-id": SECRET, location: `http://127.0.0.1:1/${SECRET}`, "x-echo": OWN_SECRET };

const breakOff =
  (text: string): Reply =>
  (response, _got, socket) => {
    response.writeHead(200, { ...headers, "content-length": "90000" });
    response.write(text, () => socket.destroy());
  };

const FAULTS: [string, Reply][] = [
  ["as wanted", respond(200, made, headers)],
  ["as wanted, rotated", respond(200, rotated, headers)],
  ["JSON cut short", respond(200, made.slice(0, -2), headers)],
  ["XML cut short", respond(200, `<A><SecretAccessKey>${SECRET}</SecretAccessKey>`, headers)],
  ["text", respond(200, SECRET, headers)],
  ["too long", respond(200, made + " ".repeat(70_000), headers)],
  ["no UTF-8", (response) => response.writeHead(200, headers).end(Buffer.concat([Buffer.from(made), Buffer.of(0xff)]))],
  ["a refusal", respond(403, error, headers)],
  ["a refusal in XML", respond(403, `<Error><Code>${SECRET}</Code></Error>`, headers)],
  ["a made key as a refusal", respond(403, made, headers)],
  ["a server's mistake", respond(500, made, headers)],
  ["too many calls", respond(429, made, headers)],
  ["a redirect", respond(307, made, headers)],
  ["broken off", breakOff(made)],
  ["never ending", (response) => response.writeHead(200, headers).write(made)],
  ["no HTTP", (_response, _got, socket) => socket.end(`${SECRET}\r\n${made}`)],
  ["no chunk", (_response, _got, socket) => socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${made}`)],
];

/** Those that are errors inside; the others are answers. */
const THROWN = new Set(["a server's mistake", "too many calls", "broken off", "never ending", "no HTTP", "no chunk"]);

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

test.each(FAULTS)("an answer that is %s leaves its secret in no value and no log line", async (_what, reply) => {
  server.answer(reply);
  const { tigris, logged } = gatewayTo(server, { mutateMs: 200, readMs: 200 });
  const values = await Promise.all([
    tigris.createKey({ name: NAME }),
    tigris.setRoles("tid_a", ALL),
    tigris.setStatus("tid_a", "Inactive"),
    tigris.rotateKey("tid_a"),
    tigris.deleteKey("tid_a"),
    tigris.findKeysByName(NAME),
    tigris.readKey("tid_a"),
    tigris.policiesOf("tid_a"),
    tigris.keysMadeBy(OWN_ID),
    tigris.listBuckets(),
    tigris.organization(),
  ]);
  tigris.close();
  expect(secretsIn(...values, logged)).toEqual([]);
  expect(JSON.stringify([values, logged])).not.toContain("tsec_");
});

test.each(FAULTS)("an answer that is %s leaves its secret in no error inside", async (what, reply) => {
  server.answer(reply);
  const account = {
    accessKeyId: OWN_ID,
    secretAccessKey: new Secret(OWN_SECRET),
    iamEndpoint: server.endpoint,
    s3Endpoint: server.endpoint,
    region: "auto",
  };
  const clients = createClients(account, { mutateMs: 200, readMs: 600 }, timesOfTigris());
  const errors: unknown[] = [];
  for (const isRead of [false, true]) {
    const client = isRead ? clients.read : clients.mutate;
    // As each attempt throws them, before the SDK's retries wrap what they don't know.
    client.middlewareStack.add(
      (next) => (args) =>
        next(args).catch((thrown: unknown) => {
          errors.push(thrown);
          throw thrown;
        }),
      { step: "finalizeRequest", priority: "low" },
    );
    const call = { action: "A", query: {}, form: {}, maxBytes: 65_536, isRead };
    const sent = client.send(new CallCommand(call), { abortSignal: AbortSignal.timeout(200) });
    await sent.catch((thrown: unknown) => errors.push(thrown));
  }
  for (const client of Object.values(clients)) client.destroy();
  expect(errors.length > 0).toBe(THROWN.has(what));
  expect(secretsIn(errors, ...errors)).toEqual([]);
});

/** What a hostile or broken Tigris may say: plausible answers with anything in any place of them. */
const anyValue = fc.oneof(fc.constant(SECRET), fc.constant("tid_a"), fc.constant(NAME), fc.jsonValue());
const anyAnswer = fc.oneof(
  fc.string(),
  fc.json(),
  fc.record({ Code: anyValue, Error: anyValue, status: anyValue, __proto__: anyValue }, { requiredKeys: [] }),
  fc.record({ CreateAccessKeyResult: fc.record({ AccessKey: fc.dictionary(keyField(), anyValue) }) }),
  fc.record({ status: fc.constant("success"), rotate_access_key_result: fc.dictionary(keyField(), anyValue) }),
  fc.array(
    fc.oneof(fc.constantFrom("<", ">", "/", "Error", "Code", "&amp;", "&#60;", "<![CDATA[", SECRET), fc.string()),
  ),
);

function keyField() {
  return fc.constantFrom("AccessKeyId", "SecretAccessKey", "UserName", "id", "new_secret");
}

const asText = (answer: unknown): string => {
  if (Array.isArray(answer)) return answer.join("");
  return typeof answer === "string" ? answer : JSON.stringify(answer);
};

test("whatever the answer, reading it gives a value, and a secret in a Secret alone", () => {
  fc.assert(
    fc.property(anyAnswer, (answer) => {
      const tree = parse(asText(answer));
      const accepted = { kind: "accepted", tree, requestId: null } as const;
      const values = [madeKey(accepted, NAME), rotatedSecret(accepted, "tid_a"), isDone(tree), codeOf(tree)];
      expect(secretsIn(...values)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test("whatever the bytes, reading them gives a value", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(200, 204, 302, 400, 404, 429, 500),
      async (bytes, status) => {
        server.answer((response) => response.writeHead(status).end(bytes));
        const { tigris } = gatewayTo(server);
        const answer = await tigris.rotateKey("tid_a");
        tigris.close();
        expect(["refused", "lost"]).toContain(answer.kind);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ["JSON", '{"a":'.repeat(600_000)],
  ["XML", "<a>".repeat(20_000)],
  ["long XML", "<a>".repeat(1_000_000)],
  ["closed JSON", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ["entities", `<!DOCTYPE a [<!ENTITY b "${SECRET}"><!ENTITY c "&b;&b;&b;">]><Error><Code>&c;</Code></Error>`],
])("%s nested without an end is read in no time", (_what, text) => {
  expect(codeOf(parse(text))).toBeNull();
});
