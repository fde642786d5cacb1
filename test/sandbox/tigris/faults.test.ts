import { request } from "node:http";
import { createAccessKey, listAccessKeys, removeAccessKey, rotateAccessKey } from "@tigrisdata/iam";
import type { Fault } from "../../../sandbox/faults";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { signatureHeaders } from "../../../sandbox/tigris/signature";
import { reached } from "../../kit/stand-ins";
import { emitted, until } from "../../kit/until";
import { configOf, makeKey, type Pair, ROOT, startAcme } from "./acme";

const CREATE = "CreateAccessKeyWithBucketsRole";

let tigris: TigrisStandIn;
let one: Pair;
beforeEach(async () => {
  tigris = await startAcme();
  one = await makeKey(tigris, "one");
});
afterEach(() => tigris.stop());

const names = () => tigris.keys().map(({ name }) => name);
const answersTo = (action: string) => tigris.calls.filter((call) => call.action === action).map(({ status }) => status);

type Call = { action: string; send: () => Promise<{ error?: Error }>; tookEffect: () => Promise<boolean> };

/** The three calls that change something. */
function calls(): Call[] {
  const isOld = async () => (await tigris.use(one.accessKeyId, one.secretAccessKey)).error === "SignatureDoesNotMatch";
  return [
    {
      action: CREATE,
      send: () => createAccessKey("two", configOf(tigris)),
      tookEffect: async () => names().includes("two"),
    },
    { action: "RotateAccessKey", send: () => rotateAccessKey(one.accessKeyId, configOf(tigris)), tookEffect: isOld },
    {
      action: "DeleteAccessKey",
      send: () => removeAccessKey(one.accessKeyId, configOf(tigris)),
      tookEffect: async () => !names().includes("one"),
    },
  ];
}

/** How a call ended for its caller; Tigris's client throws where there was no answer. */
async function outcome(sent: Promise<{ error?: Error }>): Promise<string> {
  return sent.then(
    ({ error }) => (error ? "refused" : "done"),
    () => "no answer",
  );
}

const BAD = { kind: "garble", status: 500, body: "" } as const;

test.each<[string, Fault, string, boolean, number | null]>([
  ["refused", { kind: "refuse", status: 503, body: { Code: "SlowDown" } }, "refused", false, 503],
  ["lost before it took effect", { kind: "lose", when: "before" }, "no answer", false, null],
  ["lost after it took effect", { kind: "lose", when: "after" }, "no answer", true, null],
  ["answered with a 500 before it took effect", { ...BAD, when: "before" }, "refused", false, 500],
  ["answered with a 500 after it took effect", { ...BAD, when: "after" }, "refused", true, 500],
  ["delayed before it took effect", { kind: "delay", when: "before", ms: 1 }, "done", true, 200],
  ["delayed after it took effect", { kind: "delay", when: "after", ms: 1 }, "done", true, 200],
])("each call that changes something can be %s", async (_what, fault, ended, took, status) => {
  for (const { action, send, tookEffect } of calls()) {
    const earlier = answersTo(action).length;
    tigris.faults.arm({ call: action }, fault);
    expect([action, await outcome(send())]).toEqual([action, ended]);
    expect([action, await tookEffect()]).toEqual([action, took]);
    expect([action, answersTo(action).slice(earlier)]).toEqual([action, [status]]);
  }
});

test.each(["before", "after"] as const)("a call is held %s its effect, and goes on when it is let go", async (when) => {
  for (const { action, send, tookEffect } of calls()) {
    const held = tigris.faults.arm({ call: action }, { kind: "hold", when });
    const sent = send();
    await reached(held);
    expect([action, await tookEffect()]).toEqual([action, when === "after"]);
    held.release();
    expect([action, await outcome(sent)]).toEqual([action, "done"]);
    expect([action, await tookEffect()]).toEqual([action, true]);
  }
});

test("a held call takes effect also when its caller has hung up", async () => {
  const held = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "before" });
  const body = `Req=${JSON.stringify({ req_uuid: "a", name: "late", buckets_role: [] })}`;
  const url = new URL(`/?Action=${CREATE}`, tigris.url);
  const headers = signatureHeaders({ method: "POST", url, body }, ROOT, "iam");
  const caller = request(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
  });
  const hungUp = emitted(caller, "error");
  caller.end(body);
  await reached(held);
  caller.destroy(new Error("hung up"));
  await hungUp;
  expect(names()).not.toContain("late");
  held.release();
  await until("the key of whoever hung up", () => names().includes("late"));
});

test("a held call of a key that is deleted meanwhile is refused", async () => {
  const admin = await makeKey(tigris, "admin", [{ bucket: "*", role: "NamespaceAdmin" }]);
  const held = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "before" });
  const sent = createAccessKey("two", configOf(tigris, admin));
  await reached(held);
  tigris.controls.removeKey(admin.accessKeyId);
  held.release();
  expect((await sent).error?.message).toBe("InvalidAccessKeyId");
  expect(names()).not.toContain("two");
});

test("an answer can be cut short, or lack the secret", async () => {
  const id = '{"CreateAccessKeyResult":{"AccessKey":{"AccessKeyId":"tid_a","UserName":"two"}}}';
  tigris.faults.arm({ call: CREATE }, { kind: "garble", when: "after", body: id });
  expect(await outcome(createAccessKey("two", configOf(tigris)))).toBe("refused");
  tigris.faults.arm({ call: CREATE }, { kind: "garble", when: "after", body: id.slice(0, 40) });
  expect(await outcome(createAccessKey("three", configOf(tigris)))).toBe("refused");
  expect(names()).toEqual(expect.arrayContaining(["two", "three"]));
});

test("a fault hits the calls that were meant, by number and by what they ask for", async () => {
  const refuse: Fault = { kind: "refuse", status: 500, body: {} };
  tigris.faults.arm({ call: "ListAccessKeys", nth: 2, times: 2 }, refuse);
  const list = () => outcome(listAccessKeys(configOf(tigris)));
  expect([await list(), await list(), await list(), await list()]).toEqual(["done", "refused", "refused", "done"]);
  tigris.faults.arm({ call: CREATE, match: ({ Req }) => String(Req).includes('"bad"') }, refuse);
  expect(await outcome(createAccessKey("good", configOf(tigris)))).toBe("done");
  expect(await outcome(createAccessKey("bad", configOf(tigris)))).toBe("refused");
});

test("no record of a call holds a secret", async () => {
  await rotateAccessKey(one.accessKeyId, configOf(tigris));
  await tigris.use(one.accessKeyId, tigris.secrets().at(-1) ?? "");
  expect(tigris.calls.some(({ answer }) => answer?.includes('"SecretAccessKey":"[secret]"'))).toBe(true);
  expect(tigris.secrets().length).toBeGreaterThan(4);
  for (const secret of tigris.secrets()) expect(JSON.stringify([tigris.calls, tigris.keys()])).not.toContain(secret);
});
