import { UsageError } from "../../src/commands/command";
import { findingInWords } from "../../src/commands/finding-words";
import { policyCheck } from "../../src/commands/policy-check";
import type { Finding } from "../../src/domain/policy/check";
import { APPROVALS, APPROVERS_GROUP, GENERAL } from "../kit/people";
import { type PolicyCommands, policyCommands, slackToAsk } from "./run-policy";

let commands: PolicyCommands;
beforeEach(() => {
  commands = policyCommands();
});
afterEach(() => commands.remove());

const NOT_ASKED = "Slack was not asked whom the policy names, since SLACK_BOT_TOKEN is not set.";

const policyOf = (...rules: string[]) => `rules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`;
const ALL = "{ name: all, when: { permission: [Editor] }, decide: none }";
const PROD = '{ name: prod, when: { permission: [Editor], buckets: ["prod-*"] }, decide: { groups: [S0TEAM] } }';

test("a policy that is right", async () => {
  expect(await commands.run(policyCheck, commands.file(policyOf(PROD, ALL)))).toEqual({
    exitCode: 0,
    said: [NOT_ASKED, "2 rules, 0 mistakes, 0 notes."],
    complained: "",
  });
});

test("mistakes of the file, each with its line and column", async () => {
  expect(await commands.run(policyCheck, commands.file("rules: [one]\nxyzzy: 1"))).toEqual({
    exitCode: 1,
    said: [],
    complained:
      'policy.yaml:1:9: Entry 1 of "rules" is not a rule: name, when, decide.\npolicy.yaml:2:1: There is no "xyzzy".\n',
  });
});

test("a rule that can never fit is a mistake, and stands where it can be found", async () => {
  const { exitCode, said } = await commands.run(policyCheck, commands.file(policyOf(ALL, PROD)));
  expect([exitCode, ...said]).toEqual([
    1,
    'policy.yaml:3:5: mistake: The rule "prod" is never the first that fits: the rule "all" fits all that it does and stands before it.',
    NOT_ASKED,
    "2 rules, 1 mistake, 0 notes.",
  ]);
});

test("what is only worth a look is a note", async () => {
  const admin = "{ name: admin, when: { permission: [Admin] }, decide: { groups: [S0SEC] } }";
  const { exitCode, said } = await commands.run(policyCheck, commands.file(policyOf(ALL, admin)));
  expect([exitCode, ...said]).toEqual([
    0,
    'policy.yaml:3:5: note: One approval is enough for an Admin key ("admin"): count: 2 is recommended.',
    NOT_ASKED,
    "2 rules, 0 mistakes, 1 note.",
  ]);
});

test.each([
  ["a file that is too large", "x".repeat(200_000), "policy.yaml:1:1: The file is larger than 64 KB.\n"],
  [
    "a file that is no text",
    Buffer.from([0xff, 0xfe, 0x00]),
    "policy.yaml can't be read (ERR_ENCODING_INVALID_ENCODED_DATA).\n",
  ],
])("%s", async (_, text, complained) => {
  expect(await commands.run(policyCheck, commands.file(text))).toEqual({ exitCode: 1, said: [], complained });
});

test.each([
  ["/nowhere/policy.yaml", "/nowhere/policy.yaml can't be read (ENOENT).\n"],
  ["/dev/zero", "/dev/zero is not a file.\n"],
])("%s is not read", async (path, complained) => {
  expect(await commands.run(policyCheck, path)).toEqual({ exitCode: 1, said: [], complained });
});

test.each([[[]], [["a", "b"]], [["--slack"]], [["--slack", "a"]]])(
  "the command line %j can't be understood",
  async (args) => {
    await expect(commands.run(policyCheck, ...args)).rejects.toThrow(UsageError);
  },
);

describe("with Slack", () => {
  let world: Awaited<ReturnType<typeof slackToAsk>>;
  beforeEach(async () => {
    world = await slackToAsk();
    commands.env = world.env;
  });
  afterEach(() => world.slack.stop());

  test("whom it does not know, and rules that too few could decide, are mistakes", async () => {
    const by = (people: string) => `{ name: r, when: { permission: [Editor] }, decide: ${people} }`;
    const check = (people: string) => commands.run(policyCheck, commands.file(policyOf(by(people))));
    expect(await check(`{ groups: [${APPROVERS_GROUP}] }`)).toMatchObject({
      exitCode: 0,
      said: ["1 rule, 0 mistakes, 0 notes."],
    });
    const all = "{ users: [UGUEST001, UOUTSIDE1, UNOBODY01, UANN00001, UBOB00001, UEVE00001], groups: [SGONE0001] }";
    const { exitCode, said } = await check(all);
    expect([exitCode, ...said]).toEqual([
      1,
      'policy.yaml:2:5: mistake: Slack doesn\'t say who is in the user group SGONE0001 (no_such_subteam), named in the rule "r".',
      'policy.yaml:2:5: mistake: UGUEST001, named in the rule "r", is a guest, and only full members deal with keys.',
      'policy.yaml:2:5: mistake: UOUTSIDE1, named in the rule "r", is not of this workspace.',
      'policy.yaml:2:5: mistake: UNOBODY01, named in the rule "r", is nobody whom Slack knows.',
      "1 rule, 4 mistakes, 0 notes.",
    ]);
    expect((await check(`{ groups: [${APPROVERS_GROUP}], count: 3 }`)).said).toEqual([
      'policy.yaml:2:5: mistake: By the rule "r" 3 have to approve, and only 2 can.',
      "1 rule, 1 mistake, 0 notes.",
    ]);
  });

  test("the channel that is told of broken glasses has the bot in it", async () => {
    const glass = (tell: string) =>
      commands.run(
        policyCheck,
        commands.file(`${policyOf(ALL)}breakGlass: { who: { users: [UANN00001] }, lasts: 4h, tell: ${tell} }`),
      );
    expect((await glass(APPROVALS)).said).toEqual(["1 rule, 0 mistakes, 0 notes."]);
    expect((await glass(GENERAL)).said).toEqual([
      expect.stringContaining(
        "mistake: Nobody would read of a broken glass in CGENERAL1, named in breakGlass: the bot is not in it, so invite it there.",
      ),
      "1 rule, 1 mistake, 0 notes.",
    ]);
  });

  test("what it does not answer now is said, and is no mistake", async () => {
    world.slack.faults.arm({ call: "users.info" }, { kind: "refuse", status: 500, body: {} });
    const file = commands.file(
      policyOf("{ name: r, when: { permission: [Editor] }, decide: { users: [UANN00001, UBOB00001] } }"),
    );
    expect(await commands.run(policyCheck, file)).toMatchObject({
      exitCode: 0,
      said: ["Slack did not answer about UANN00001: check again later.", "1 rule, 0 mistakes, 0 notes."],
    });
  });

  test("a token that it does not take ends it", async () => {
    commands.env = { ...world.env, SLACK_BOT_TOKEN: "xoxb-another" };
    const line = commands.run(policyCheck, commands.file(policyOf(ALL)));
    await expect(line).rejects.toMatchObject({ code: "slack_token", exitCode: 78 });
  });
});

test("a token of another form is a mistake of the configuration, which is not repeated", async () => {
  commands.env = { SLACK_BOT_TOKEN: "secret" };
  const { exitCode, complained } = await commands.run(policyCheck, commands.file(policyOf(ALL)));
  expect([exitCode, complained]).toEqual([78, expect.stringContaining("SLACK_BOT_TOKEN is not a credential")]);
  expect(complained).not.toContain("secret");
});

const RULE = { kind: "rule", name: "a" } as const;

test.each<[Finding, string]>([
  [
    { code: "never_first", rule: "a", by: ["b", "c"], countsForAll: true },
    'The rule "a" is never the first that fits: the rules "b" and "c" fit all that it does and stand before it. Requests for all buckets need it all the same.',
  ],
  [
    { code: "overlap", first: "a", second: "b", patterns: ["x*", "*y"] },
    'For buckets that fit both x* and *y, the rule "a" counts, not "b", since it stands first.',
  ],
  [
    {
      code: "less_for_stronger",
      stronger: "Editor",
      weaker: "ReadOnly",
      bucket: "x",
      counts: { stronger: 1, weaker: 2 },
    },
    "Editor needs 1 approval and ReadOnly 2 for a bucket such as x.",
  ],
  [
    {
      code: "less_for_stronger",
      stronger: "Admin",
      weaker: "Editor",
      bucket: null,
      counts: { stronger: 0, weaker: 2 },
    },
    "Admin needs 0 approvals and Editor 2 for all buckets.",
  ],
  [
    { code: "all_but_not_each", permission: "Editor", bucket: "x" },
    "Editor can be asked for all buckets, but not for one such as x alone.",
  ],
  [{ code: "nobody_decides", rule: "a", count: 1, known: 0 }, 'By the rule "a" 1 have to approve, and nobody can.'],
  [
    { code: "only_these_decide", rule: "a", ids: ["U0A", "U0B"] },
    'By the rule "a" nobody but those who have to could approve: requests of U0A and U0B are refused. Name somebody else, too.',
  ],
  [
    { code: "person_unfit", id: "U0A", standing: "bot", places: [RULE, { kind: "break_glass" }] },
    'U0A, named in the rule "a" and breakGlass, is a bot, and only people deal with keys.',
  ],
  [
    { code: "channel_unfit", problem: { code: "archived", channelId: "C0SEC" } },
    "Nobody would read of a broken glass in C0SEC, named in breakGlass: it is archived.",
  ],
  [
    { code: "glass_by_group" },
    "breakGlass names only groups: who is in them has to be asked of Slack first, which takes time, and may fail. Name those on call by id, too.",
  ],
])("%j", (finding, sentence) => {
  expect(findingInWords(finding)).toBe(sentence);
});
