import { readConfig } from "../src/config";

const COMPLETE = {
  SLACK_BOT_TOKEN: "xoxb-1-bot-token",
  SLACK_APP_TOKEN: "xapp-1-app-token",
  AWS_ACCESS_KEY_ID: "tid_own",
  AWS_SECRET_ACCESS_KEY: "tsec_own-secret",
  APPROVALS_CHANNEL: "C0APPROVALS",
  APPROVERS: "S0SECURITY",
};
const POLICY_FILE = "./policy.yaml";

function problems(changes: NodeJS.ProcessEnv): Record<string, string> {
  const reading = readConfig({ ...COMPLETE, ...changes });
  return reading.ok ? {} : Object.fromEntries(reading.problems.map(({ variable, problem }) => [variable, problem]));
}

function policyFile(changes: NodeJS.ProcessEnv): string | null | undefined {
  const reading = readConfig({ ...COMPLETE, ...changes });
  return reading.ok ? reading.config.policyFile : undefined;
}

test.each([
  ["APPROVAL_FOR", "admin"],
  ["REQUESTERS", "S0123456789"],
  ["MAX_KEYS_PER_USER", "20"],
])("%s beside a policy's file is refused", (variable, value) => {
  const problem = expect.stringContaining("leave out one of the two");
  expect(problems({ POLICY_FILE, [variable]: value })).toEqual({ [variable]: problem });
  expect(problems({ [variable]: value })).toEqual({});
});

test("all of them are told at once", () => {
  expect(Object.keys(problems({ POLICY_FILE, REQUESTERS: "S0123456789", APPROVAL_FOR: "admin" }))).toEqual([
    "APPROVAL_FOR",
    "REQUESTERS",
  ]);
});

test("a policy's file stands beside what is not for it to say", () => {
  const others = { MAX_DELETIONS_PER_HOUR: "3", REQUEST_TTL: "1h", REVEAL_TTL: "1h", MAX_KEYS_PER_USER: "" };
  expect(policyFile({ POLICY_FILE: ` ${POLICY_FILE} `, ...others })).toBe(POLICY_FILE);
  expect(policyFile(others)).toBeNull();
});

test("set to nothing it would have the variables say what is allowed: that is refused", () => {
  expect(problems({ POLICY_FILE: " " })).toEqual({ POLICY_FILE: expect.stringContaining("is set to nothing") });
});
