import type { Fault, FaultTarget } from "../../sandbox/faults";
import { type Examination, policiesAre, probes, startExamination } from "../kit/doctor";

let examination: Examination;
beforeEach(async () => {
  examination = await startExamination();
  policiesAre(examination, "");
});
afterEach(() => examination.standIn.stop());

const ROLES = "UpdateAccessKeyWithBucketsRole";

function arm(target: FaultTarget, fault: Fault) {
  examination.standIn.faults.arm(target, fault);
}

const refuse = (code: string, status = 400): Fault => ({ kind: "refuse", status, body: { Code: code } });
/** As S3 does: in XML. */
const deny = (code: string): Fault => ({
  kind: "garble",
  when: "after",
  status: 403,
  body: `<Error><Code>${code}</Code></Error>`,
});
const asks = (text: string) => (params: Record<string, unknown>) => String(params.Req).includes(text);

/** What it said of one fact. */
function lineOf(about: string): string {
  return (
    examination.lines.find((line) => line.includes(`  ${about}: `)) ??
    `nothing of ${about}: ${examination.lines.join("\n")}`
  );
}

test("a list that shows a change after 40 s is said to", async () => {
  examination.standIn.controls.behave({ listLagMs: 40_000 });
  expect(await examination.run()).toBe(0);
  expect(lineOf("How long a change takes to show")).toMatch(/^as expected .*the slowest after 4\d\.0 s\.$/);
});

test.each<[what: string, set: () => void, about: string, line: RegExp]>([
  [
    "keys without roles that Tigris does not make",
    () => arm({ call: "CreateAccessKeyWithBucketsRole" }, refuse("InvalidArgument")),
    "Keys without roles",
    /^differs .*makes none for the bot's key \(refused with InvalidArgument\)/,
  ],
  [
    "a key without roles that opens a bucket",
    () => arm({ call: "ListObjectsV2" }, { kind: "garble", when: "after", status: 200, body: "<ListBucketResult/>" }),
    "Keys without roles",
    /^differs .*opens a bucket all the same/,
  ],
  [
    "a key that S3 does not know",
    () => arm({ call: "ListObjectsV2", times: 999 }, deny("InvalidAccessKeyId")),
    "Keys without roles",
    /^not settled .*InvalidAccessKeyId/,
  ],
  [
    "a list of the key that can't be read",
    () =>
      arm(
        { call: "ListAccessKeys", times: 200, match: ({ KeyId }) => KeyId !== undefined },
        refuse("AccessDenied", 403),
      ),
    "Keys without roles",
    /^not settled .*can't be read: AccessDenied/,
  ],
  [
    "a list that takes more than a minute",
    () => examination.standIn.controls.behave({ listLagMs: 90_000 }),
    "Keys without roles",
    /^differs .*did not show it within 60\.0 s/,
  ],
  ["no bucket", () => examination.standIn.controls.setBuckets([]), "Keys without roles", /^not settled .*no bucket/],
  [
    "no bucket, for roles",
    () => examination.standIn.controls.setBuckets([]),
    "Roles taken away",
    /^not settled .*no bucket/,
  ],
  [
    "roles that can't be set afterwards",
    () => arm({ call: ROLES, times: 9 }, refuse("NotImplemented")),
    "Roles set afterwards",
    /^differs .*\(refused with NotImplemented\): the bot could switch no key on\.$/,
  ],
  [
    "roles that get no answer",
    () => arm({ call: ROLES }, { kind: "lose", when: "after" }),
    "Roles set afterwards",
    /^not settled .*no clear answer: connection/,
  ],
  [
    "roles that open nothing",
    () => arm({ call: "ListObjectsV2", times: 200 }, deny("AccessDenied")),
    "Roles set afterwards",
    /^differs .*opens no bucket \(AccessDenied\)/,
  ],
  [
    "roles that can't be taken away",
    () => arm({ call: ROLES, match: asks('"buckets_role":[]') }, refuse("InvalidArgument")),
    "Roles taken away",
    /^differs .*empty list \(refused with InvalidArgument\)/,
  ],
  [
    "* that is refused for ReadOnly",
    () => examination.standIn.controls.behave({ refuseAllBuckets: "InvalidArgument" }),
    "ReadOnly on all buckets",
    /^differs .*\(refused with InvalidArgument\): the bot asks for buckets by their names/,
  ],
  [
    "* that is refused for Editor",
    () => arm({ call: ROLES, match: asks('"Editor"') }, refuse("InvalidArgument")),
    "Editor on all buckets",
    /^differs .*\(refused with InvalidArgument\)/,
  ],
  [
    "Inactive that is refused",
    () => examination.standIn.controls.behave({ refuseInactive: "NotImplemented" }),
    "Inactive",
    /^differs .*\(refused with NotImplemented\): the bot pauses keys by taking their roles away\.$/,
  ],
  [
    "Inactive that changes nothing",
    () => examination.standIn.controls.behave({ ignoreInactive: true }),
    "Inactive",
    /^differs .*the list does not show it, but the key still works/,
  ],
  [
    "Active that is refused",
    () => arm({ call: "UpdateAccessKey", match: ({ Status }) => Status === "Active" }, refuse("AccessDenied", 403)),
    "Active again",
    /^differs .*\(refused with AccessDenied\): a paused key would stay so/,
  ],
  [
    "a person as creator",
    () => examination.standIn.controls.behave({ creator: { kind: "person", name: "dana@example.com" } }),
    "creator",
    /^differs .*names no key, but somebody/,
  ],
  [
    "no creator",
    () => examination.standIn.controls.behave({ creator: { kind: "nobody" } }),
    "creator",
    /^differs .*names none/,
  ],
  [
    "another key as creator",
    () => examination.standIn.controls.behave({ creator: { kind: "person", name: "tid_other" } }),
    "creator",
    /^differs .*another key/,
  ],
])("%s: the line says so, the exit code too, and nothing is left", async (_what, set, about, line) => {
  set();
  expect(await examination.run()).toBe(1);
  expect(lineOf(about)).toMatch(line);
  expect(examination.lines.at(-1)).toBe(
    `Not all is as the bot expects. Each line with "differs" says what that means for the bot; after "not settled", run this again.`,
  );
  expect(examination.lines.join("\n")).not.toContain("dana");
  expect(probes(examination)).toEqual([]);
});

test.each<[string, () => void, RegExp]>([
  ["a new key with a policy", () => policiesAre(examination, "<member>old</member>"), /^differs .*has one/],
  [
    "policies that can't be read",
    () => arm({ call: "ListUserPolicies" }, refuse("AccessDenied", 403)),
    /^differs .*can't be read: AccessDenied/,
  ],
])("%s is told", async (_what, set, line) => {
  examination.standIn.faults.clear();
  set();
  expect(await examination.run()).toBe(1);
  expect(lineOf("Policies")).toMatch(line);
});
