import type { Key } from "../../src/domain/key";
import type { Refusal } from "../../src/domain/refusal";
import { decideReport, type LeakReport } from "../../src/workflow/report-leak";
import { NO_CHANGE, type Step } from "../../src/workflow/step";
import { keyIn } from "../domain/samples";
import { KEYS } from "./keys";

const approvers = { users: [], groups: ["SAPPROVE"] };
const report: LeakReport = {
  actor: { userId: "UEVE", teamId: "T1", userTeamId: "T1", enterpriseId: null },
  useId: "UEVE 1.1",
  accessKeyIds: ["tid_one", "tid_other"],
  messageUrl: null,
  holdsSecret: false,
};
const OTHER = { accessKeyId: "tid_other", key: null, isTold: false };
const found = (key: Key = KEYS.live, isTold = false) => [{ accessKeyId: key.accessKeyId, key, isTold }, OTHER];
const FACTS = { found: found(), reports: ["UEVE 1.0"], reporterIds: ["UEVE"], approvers };

/** Who is told what of a report. */
function told(facts: Partial<Parameters<typeof decideReport>[1]>): string[] {
  const step: Step | Refusal = decideReport(report, { ...FACTS, ...facts });
  if (step.kind === "refused") return [step.code];
  return (step.tell ?? []).map((message) => (message.kind === "notice" ? message.userId : message.kind));
}

test("approvers are told of every id, and the owner of each key that is ours; it is counted once", () => {
  const step = decideReport(report, FACTS);
  expect(told({})).toEqual(["leak_report", "UDEV"]);
  expect(step).toMatchObject({
    events: [
      { name: "leak.reported", actorId: "UEVE", outcome: "UEVE 1.1" },
      { name: "key.leak_reported", accessKeyId: "tid_one", requestId: KEYS.live.requestId, outcome: "on_record" },
      { name: "key.leak_reported", accessKeyId: "tid_other", requestId: null, outcome: "not_on_record" },
    ],
    tell: [{ accessKeyIds: ["tid_one", "tid_other"] }, {}],
  });
});

test.each<[string, Partial<Parameters<typeof decideReport>[1]>]>([
  ["who reported it, under whatever id", { reporterIds: ["UEVE", "UDEV"] }],
  ["who knows of it for less than an hour", { found: found(KEYS.live, true) }],
  ["whose key is deleted", { found: found(keyIn({ kind: "deleted", byId: "UDEV", why: "asked", at: 1 })) }],
])("its owner is not woken, %s: the approvers read of it all the same", (_who, facts) => {
  expect(told(facts)).toEqual(["leak_report"]);
});

test("the same report is one, and the fourth within an hour is passed on to nobody", () => {
  expect(decideReport(report, { ...FACTS, reports: ["UEVE 1.1", "a", "b"] })).toBe(NO_CHANGE);
  expect(told({ reports: ["a", "b"] })).toHaveLength(2);
  expect(told({ reports: ["a", "b", "c"] })).toEqual(["too_many_reports"]);
});
