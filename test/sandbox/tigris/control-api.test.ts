import { mkdtempSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessKey, rotateAccessKey } from "@tigrisdata/iam";
import { WebSocket } from "ws";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { emitted } from "../../kit/until";
import { configOf, makeKey, ROOT, startAcme } from "./acme";

let tigris: TigrisStandIn;
beforeEach(async () => {
  tigris = await startAcme();
});
afterEach(() => tigris.stop());

async function ask(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const init = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(`${tigris.url}/sandbox${path}`, { method, ...init });
  return [response.status, await response.json()];
}

test("keys and buckets are shown, without a secret", async () => {
  await makeKey(tigris, "one");
  const [status, shown] = await ask("GET", "/keys");
  expect([status, shown]).toEqual([200, { keys: tigris.keys(), buckets: ["builds", "logs", "media"] }]);
  for (const secret of tigris.secrets()) expect(JSON.stringify(shown)).not.toContain(secret);
});

test("whoever watches is told each call and its answer, without a secret", async () => {
  const told: { name: string; isOk: boolean | null }[] = [];
  const watching = new WebSocket(`${tigris.url.replace("http", "ws")}/sandbox/happened`);
  watching.on("message", (data) => told.push(...JSON.parse(String(data))));
  await emitted(watching, "message");
  const isTold = new Promise<void>((resolve) => {
    watching.on("message", () => told.at(-1)?.isOk && resolve());
  });
  const { secretAccessKey } = await makeKey(tigris, "one");
  await isTold;
  expect(new Set(told.map(({ name }) => name))).toEqual(new Set(["CreateAccessKeyWithBucketsRole"]));
  expect(JSON.stringify(told)).toContain("[secret]");
  expect(JSON.stringify(told)).not.toContain(secretAccessKey);
});

test("no other page may watch", async () => {
  const options = { origin: "http://elsewhere.example" };
  const watching = new WebSocket(`${tigris.url.replace("http", "ws")}/sandbox/happened`, options);
  const [error] = await emitted(watching, "error");
  expect(String(error)).toContain("404");
});

test("a pair is tried with signed calls", async () => {
  const pair = await makeKey(tigris, "one");
  const may = ["list buckets", "read builds", "list keys"];
  expect(await ask("POST", "/use", pair)).toEqual([200, { ok: true, may, error: null }]);
  const wrong = { ...pair, secretAccessKey: "tsec_wrong" };
  expect(await ask("POST", "/use", wrong)).toEqual([200, { ok: false, may: [], error: "SignatureDoesNotMatch" }]);
});

test("faults are armed and cleared", async () => {
  const fault = { kind: "refuse", status: 403, body: { Code: "AccessDenied", Message: "no" } };
  const armed = { call: "CreateAccessKeyWithBucketsRole", nth: 2, times: 9, fault };
  expect(await ask("POST", "/faults", armed)).toEqual([200, { armed: true }]);
  const messages = async () => (await createAccessKey("one", configOf(tigris))).error?.message;
  expect([await messages(), await messages()]).toEqual([undefined, "no"]);
  expect(await ask("DELETE", "/faults")).toEqual([200, { armed: false }]);
  expect(await messages()).toBeUndefined();
});

test.each([
  ["no call", { fault: { kind: "lose", when: "after" } }],
  ["no fault", { call: "ListBuckets" }],
  ["an unknown kind", { call: "ListBuckets", fault: { kind: "explode", when: "after" } }],
  ["no side of the effect", { call: "ListBuckets", fault: { kind: "hold" } }],
  ["a delay without an end", { call: "ListBuckets", fault: { kind: "delay", when: "after" } }],
  ["a status that is none", { call: "ListBuckets", fault: { kind: "refuse", status: 9, body: {} } }],
  ["a garbled answer without a body", { call: "ListBuckets", fault: { kind: "garble", when: "after" } }],
  ["no calls at all", { call: "ListBuckets", times: 0, fault: { kind: "hold", when: "after" } }],
])("a fault with %s is refused", async (_what, body) => {
  expect(await ask("POST", "/faults", body)).toEqual([400, { error: "there is no such fault" }]);
});

test("what happened is told, with secrets replaced", async () => {
  await createAccessKey("one", configOf(tigris));
  const [, told] = await ask("GET", "/happened");
  expect(told).toMatchObject({
    happenings: [
      {
        from: ROOT.accessKeyId,
        to: "Tigris",
        name: "CreateAccessKeyWithBucketsRole",
        isOk: true,
        at: expect.any(Number),
      },
    ],
  });
  expect(JSON.stringify(told)).toContain("[secret]");
  for (const secret of tigris.secrets()) expect(JSON.stringify(told)).not.toContain(secret);
});

test.each([
  ["POST", "/faults", "{"],
  ["POST", "/use", "null"],
])("a body that is no JSON object is refused (%s %s)", async (method, path, body) => {
  expect(await ask(method, path, body)).toEqual([400, { error: "the body is no JSON object" }]);
});

test("there is nothing else", async () => {
  expect(await ask("GET", "/secrets")).toEqual([404, { error: "not_found" }]);
});

/** Fetch does not let anybody name another host. */
function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${tigris.url}/sandbox/keys`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once("error", reject).end();
  });
}

test("pages of other addresses may not act here", async () => {
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({ origin: tigris.url })).toBe(200);
  expect(await statusFor({ origin: "https://example.com" })).toBe(403);
  expect(await statusFor({ host: "example.com" })).toBe(403);
});

test("keys are kept in a file from one start to the next", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tigris-stand-in-"));
  const keptFile = join(folder, "tigris.json");
  await tigris.stop();
  tigris = await startAcme({ keptFile });
  const { accessKeyId } = await makeKey(tigris, "one");
  const { data } = await rotateAccessKey(accessKeyId, configOf(tigris));
  const [keys, secrets] = [tigris.keys(), tigris.secrets()];
  expect(statSync(keptFile).mode & 0o777).toBe(0o600);
  await tigris.stop();

  tigris = await startAcme({ keptFile });
  expect(tigris.keys().map(({ name }) => name)).toEqual(keys.map(({ name }) => name));
  expect(await tigris.use(accessKeyId, data?.newSecret ?? "")).toMatchObject({ ok: true });
  expect(tigris.secrets()).toEqual(expect.arrayContaining(secrets));
  rmSync(folder, { recursive: true });
});

test("a port in use is said, not waited for", async () => {
  await expect(startAcme({ port: Number(new URL(tigris.url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
