import { startTigris, type TigrisStandIn } from "../../sandbox/tigris";
import { doctorBy } from "../../src/commands/doctor";
import { createManualClock } from "./manual-clock";
import { findSecrets } from "./secret-search";

export const ROOT = { accessKeyId: "tid_root_key", secretAccessKey: "tsec_root_secret_for_tests" };
export const BUCKETS = ["builds", "logs"];

export type Examination = {
  standIn: TigrisStandIn;
  stopping: AbortController;
  env: NodeJS.ProcessEnv;
  /** The lines so far. */
  lines: string[];
  /** Gets each line as it comes. */
  onLine: (line: string) => void;
  /** Runs the doctor to its end. @returns its exit code */
  run(): Promise<number>;
};

/** The doctor between a test and a stand-in for Tigris. Its time goes on where it waits, and nowhere else. */
export async function startExamination(): Promise<Examination> {
  const manual = createManualClock();
  const clock = {
    ...manual,
    wait: async (ms: number, signal?: AbortSignal) => {
      if (!signal?.aborted) manual.advance(ms);
    },
  };
  const standIn = await startTigris({ organization: "acme", rootKey: ROOT, buckets: BUCKETS, now: clock.now });
  // What was there at its start counts as always there.
  manual.advance(600_000);
  const examination: Examination = {
    standIn,
    stopping: new AbortController(),
    env: {
      AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
      AWS_ENDPOINT_URL_IAM: standIn.iamUrl,
      AWS_ENDPOINT_URL_S3: standIn.s3Url,
    },
    lines: [],
    onLine: () => {},
    run: async () => {
      const { env, lines, stopping } = examination;
      const take = (text: string) => {
        lines.push(text.trimEnd());
        examination.onLine(text);
      };
      try {
        return await doctorBy(clock)({ args: ["--tigris"], env, stopping: stopping.signal, say: take, complain: take });
      } finally {
        expect(findSecrets(standIn.secrets(), [{ name: "lines", content: lines }])).toEqual([]);
      }
    },
  };
  return examination;
}

/** Those of the stand-in's keys that a doctor made. */
export function probes({ standIn }: Examination): string[] {
  const names = standIn.keys().map(({ name }) => name);
  return names.filter((name) => name.startsWith("tigris-key-bot-doctor-"));
}

/** Answers for the policies of any key, as AWS writes them: each name in a `<member>`. */
export function policiesAre({ standIn }: Examination, names: string): void {
  const list = `<PolicyNames>${names}</PolicyNames><IsTruncated>false</IsTruncated>`;
  const body = `<ListUserPoliciesResponse><ListUserPoliciesResult>${list}</ListUserPoliciesResult></ListUserPoliciesResponse>`;
  standIn.faults.arm({ call: "ListUserPolicies" }, { kind: "garble", when: "after", status: 200, body });
}
