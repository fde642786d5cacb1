import { UsageError } from "../../src/commands/command";
import { policyExplain } from "../../src/commands/policy-explain";
import { policyFromEnv } from "../../src/commands/policy-from-env";
import { policyTest } from "../../src/commands/policy-test";
import { policyFromSettings } from "../../src/domain/policy/from-settings";
import { readPolicyFile } from "../../src/policy-file/read";
import { APPROVERS_GROUP } from "../kit/people";
import { type PolicyCommands, policyCommands, slackToAsk } from "./run-policy";

let commands: PolicyCommands;
beforeEach(() => {
  commands = policyCommands();
});
afterEach(() => commands.remove());

const RULES = `rules:
  - name: prod
    when: { permission: [Editor, ReadOnly], buckets: ["prod-*"] }
    ask: { groups: [${APPROVERS_GROUP}] }
    decide: { groups: [${APPROVERS_GROUP}] }
    lasts: { default: 7d, longest: 30d }
    escalate: { after: 90m, to: { users: [UEVE00001] } }
  - { name: dev, when: { permission: [Editor], buckets: ["dev-*"] }, ask: { users: [UDEV00001] }, decide: none }
`;

describe("policy test", () => {
  const DEV = "person: UDEV00001, permission: Editor, buckets: [dev-data]";

  test("passes where each case is as it says", async () => {
    const file = commands.file(`${RULES}tests:\n  - { ${DEV}, expect: none }\n`);
    expect(await commands.run(policyTest, file)).toEqual({
      exitCode: 0,
      said: ["1 test, none failed."],
      complained: "",
    });
  });

  test("names each case that is not, and where it stands", async () => {
    const prod = `person: UANN00001, groups: [${APPROVERS_GROUP}], permission: ReadOnly, buckets: [prod-a, prod-b]`;
    const tests = [
      `{ ${DEV}, expect: none }`,
      `{ ${DEV}, expect: refused }`,
      `{ ${prod}, expect: { prod: 2, dev: 1 } }`,
    ];
    const file = commands.file(`${RULES}tests:\n${tests.map((one) => `  - ${one}\n`).join("")}`);
    expect(await commands.run(policyTest, file)).toMatchObject({
      exitCode: 1,
      said: [
        "policy.yaml:11:5: UDEV00001 asks for Editor for dev-data: expected refused, got none.",
        "policy.yaml:12:5: UANN00001 asks for ReadOnly for prod-a and prod-b: expected { prod: 2, dev: 1 }, got { prod: 1 }.",
        "3 tests, 2 failed.",
      ],
    });
  });

  test("a file with mistakes fails, one without tests passes", async () => {
    expect(await commands.run(policyTest, commands.file("rules: []"))).toMatchObject({ exitCode: 1, said: [] });
    expect(await commands.run(policyTest, commands.file(RULES))).toMatchObject({
      exitCode: 0,
      said: ["0 tests, none failed."],
    });
  });

  test("it needs one file", async () => {
    for (const args of [[], ["a", "b"], ["--all"]])
      await expect(commands.run(policyTest, ...args)).rejects.toThrow(UsageError);
  });
});

describe("policy explain", () => {
  const explain = (...args: string[]) => commands.run(policyExplain, ...args);
  const EDITOR = ["--person", "UDEV00001", "--permission", "Editor"];

  test("says which rules count, what each needs, whom to ask and how long it lasts", async () => {
    const file = commands.file(RULES);
    expect(await explain(...EDITOR, "--buckets", "prod-a, dev-a,dev-b", file)).toEqual({
      exitCode: 0,
      said: [
        "UDEV00001 asks for Editor for prod-a, dev-a and dev-b.",
        'Rule "prod", for prod-a:',
        `  Whether UDEV00001 is among those who may ask (${APPROVERS_GROUP}) is for Slack to say.`,
        `  1 approval by ${APPROVERS_GROUP}, never by UDEV00001.`,
        "  After 90m also by UEVE00001.",
        'Rule "dev", for dev-a and dev-b:',
        "  UDEV00001 is among those who may ask (UDEV00001).",
        "  Nobody has to approve.",
        "A key lasts 7d unless it is asked for longer, at the longest 30d.",
        "Whether the request is taken depends on what Slack says.",
        "Slack was not asked who is in which group, since SLACK_BOT_TOKEN is not set.",
      ],
      complained: "",
    });
  });

  test("says of what no rule fits what could be asked for instead; POLICY_FILE names the file, too", async () => {
    commands.env = { POLICY_FILE: commands.file(RULES) };
    expect((await explain(...EDITOR, "--all-buckets")).said).toEqual([
      "UDEV00001 asks for Editor for all buckets.",
      "Refused: no rule fits all buckets.",
      "Could be asked for instead: Editor for prod-* and dev-*.",
    ]);
    expect((await explain(...EDITOR, "--buckets", "other")).said).toContain("Refused: no rule fits other.");
    const { said } = await explain("--person", "UEVE00001", "--permission", "Editor", "--buckets", "dev-a");
    expect(said.slice(2)).toEqual([
      "  UEVE00001 is not among those who may ask: UDEV00001.",
      "  Nobody has to approve.",
      "The request is refused.",
    ]);
  });

  test("without a file it goes by the variables", async () => {
    commands.env = { APPROVERS: "UDEV00001" };
    expect((await explain("--person", "UDEV00001", "--permission", "Admin")).said).toEqual([
      "UDEV00001 asks for Admin.",
      'Rule "admin":',
      "  Every full member may ask.",
      "  1 approval by UDEV00001, never by UDEV00001. Fewer than that could, since nobody decides about their own.",
      "A key lasts 7d at the longest.",
      "The request is refused.",
    ]);
    commands.env = {};
    await expect(explain(...EDITOR, "--all-buckets")).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringContaining("POLICY_FILE"),
    });
  });

  test("a file with mistakes ends it", async () => {
    const { exitCode, complained } = await explain(...EDITOR, "--all-buckets", commands.file("rules: []"));
    expect([exitCode, complained]).toEqual([
      1,
      'policy.yaml:1:8: "rules" is an empty list: nobody could ask for anything.\n',
    ]);
  });

  test.each([
    [["--permission", "Editor", "--all-buckets"]],
    [["--person", "dana", "--permission", "Editor", "--all-buckets"]],
    [["--person", "S0TEAM", "--permission", "Editor", "--all-buckets"]],
    [EDITOR],
    [[...EDITOR, "--buckets", "a", "--all-buckets"]],
    [[...EDITOR, "--buckets", "a,,b"]],
    [[...EDITOR, "--buckets", "a*"]],
    [["--person", "U0DANA", "--permission", "admin"]],
    [["--person", "U0DANA", "--permission", "Admin", "--buckets", "a"]],
    [[...EDITOR, "--all-buckets", "a.yaml", "b.yaml"]],
    [[...EDITOR, "--all-buckets", "--xyzzy"]],
  ])("the command line %j can't be understood", async (args) => {
    await expect(explain(...args)).rejects.toThrow(UsageError);
  });

  test.each([
    [["--person", "dana", "--permission", "Editor", "--buckets", "a"], "--person takes the id of a person"],
    [["--person", "U0DANA", "--permission", "editor", "--buckets", "a"], "--permission takes one of ReadOnly, Editor"],
    [[...EDITOR], "Name --buckets, as in a,b, or --all-buckets"],
    [[...EDITOR, "--all-buckets", "a.yaml", "b.yaml"], "Name one file."],
  ])("of the command line %j it says what is wrong", async (args, says) => {
    await expect(explain(...args)).rejects.toThrow(says);
  });

  describe("with Slack", () => {
    let world: Awaited<ReturnType<typeof slackToAsk>>;
    beforeEach(async () => {
      world = await slackToAsk();
      commands.env = world.env;
    });
    afterEach(() => world.slack.stop());
    const asks = (person: string) =>
      explain("--person", person, "--permission", "ReadOnly", "--buckets", "prod-a", commands.file(RULES));

    test("says whether somebody is in the groups, and whether others could decide", async () => {
      expect((await asks("UANN00001")).said).toEqual(
        expect.arrayContaining([
          `  UANN00001 is among those who may ask (${APPROVERS_GROUP}).`,
          `  1 approval by ${APPROVERS_GROUP}, never by UANN00001.`,
          "The request is taken.",
        ]),
      );
      expect((await asks("UDEV00001")).said).toEqual(
        expect.arrayContaining([
          `  UDEV00001 is not among those who may ask: ${APPROVERS_GROUP}.`,
          "The request is refused.",
        ]),
      );
    });

    test("a guest is refused whatever the rules say", async () => {
      world.slack.setGroup(APPROVERS_GROUP, ["UGUEST001", "UANN00001"]);
      const { said } = await asks("UGUEST001");
      expect(said[1]).toBe("Slack says that UGUEST001 is no full member (guest): every request of theirs is refused.");
    });

    test("what it does not answer now is said", async () => {
      world.slack.faults.arm({ call: "usergroups.users.list" }, { kind: "refuse", status: 500, body: {} });
      expect((await asks("UANN00001")).said.slice(-2)).toEqual([
        "Whether the request is taken depends on what Slack says.",
        `Slack did not answer about ${APPROVERS_GROUP}: ask again later.`,
      ]);
    });
  });
});

const DAY = 86_400_000;
const NO_END = { defaultMs: null, longestMs: null };

describe("policy from-env", () => {
  test("writes a file that reads back as what the variables amount to", async () => {
    commands.env = {
      APPROVERS: "U0ANN,S0APPROVERS",
      APPROVAL_FOR: "admin,editor,readonly-all",
      REQUESTERS: "S0DEV",
      MAX_KEYS_PER_USER: "7",
    };
    const { exitCode, said, complained } = await commands.run(policyFromEnv);
    expect([exitCode, complained]).toEqual([0, ""]);
    expect(readPolicyFile(said.join("\n"))).toMatchObject({
      ok: true,
      policy: policyFromSettings({
        approvers: { users: ["U0ANN"], groups: ["S0APPROVERS"] },
        requesters: { users: [], groups: ["S0DEV"] },
        approvalFor: ["admin", "editor", "readonly-all"],
        maxKeysPerUser: 7,
        lasts: { ReadOnly: NO_END, Editor: NO_END, Admin: { defaultMs: 7 * DAY, longestMs: 7 * DAY } },
      }),
    });
  });

  test("variables that are wrong are told, and one that is set to nothing opens nothing", async () => {
    commands.env = { APPROVERS: "dana", REQUESTERS: "", DATABASE_URL: "nothing" };
    const { exitCode, said, complained } = await commands.run(policyFromEnv);
    expect([exitCode, said]).toEqual([78, []]);
    expect([...complained.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name)).toEqual(["REQUESTERS", "APPROVERS"]);
  });

  test("more people than a file may name are told", async () => {
    commands.env = { APPROVERS: Array.from({ length: 1_001 }, (_, at) => `U${10_000 + at}`).join(",") };
    const { exitCode, said, complained } = await commands.run(policyFromEnv);
    expect([exitCode, said]).toEqual([1, []]);
    expect(complained).toContain('"users" has more than 1000 entries.');
  });

  test("it takes nothing", async () => {
    await expect(commands.run(policyFromEnv, "a.yaml")).rejects.toThrow(UsageError);
  });
});
