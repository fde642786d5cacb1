import fc from "fast-check";
import { readPolicyFile } from "../../src/policy-file/read";

const DAY = 24 * 3_600_000;

const ISSUE = `
rules:
  - name: production data
    when: { permission: [Editor, ReadOnly], buckets: ["prod-*"] }
    ask: { groups: [S0PLATFORM] }              # who may ask
    decide: { groups: [S0STORAGE], count: 2 }
    lasts: { default: 7d, longest: 30d }
    escalate: { after: 30m, to: { users: [U0BOSS] } }
  - name: admin
    when: { permission: [Admin] }
    decide: { groups: [S0SECURITY] }
    lasts: { longest: none }
  - name: everything else
    when: { permission: [Editor, ReadOnly], allBuckets: false }
    decide: none
maxKeysPerUser: 7
breakGlass: { who: { groups: [S0ONCALL] }, lasts: 4h, tell: C0SECURITY }
tests:
  - { person: U0DANA, groups: [S0PLATFORM], permission: Editor, buckets: [prod-data], expect: { production data: 2 } }
  - { person: U0DANA, permission: Admin, expect: { admin: 1 } }
  - { person: U0DANA, permission: ReadOnly, allBuckets: true, expect: refused }
  - { person: U0DANA, permission: ReadOnly, buckets: [other], expect: none }
`;

const people = (named: { users?: string[]; groups?: string[] }) => ({ users: [], groups: [], ...named });

test("reads every part of a policy, and what is left out as what it means", () => {
  expect(readPolicyFile(ISSUE)).toEqual({
    ok: true,
    policy: {
      rules: [
        {
          name: "production data",
          when: { permissions: ["Editor", "ReadOnly"], buckets: ["prod-*"], allBuckets: false },
          ask: people({ groups: ["S0PLATFORM"] }),
          decide: { people: people({ groups: ["S0STORAGE"] }), count: 2 },
          lasts: { defaultMs: 7 * DAY, longestMs: 30 * DAY },
          escalate: { afterMs: 1_800_000, to: people({ users: ["U0BOSS"] }) },
        },
        {
          name: "admin",
          when: { permissions: ["Admin"], buckets: null, allBuckets: false },
          ask: null,
          decide: { people: people({ groups: ["S0SECURITY"] }), count: 1 },
          lasts: { defaultMs: null, longestMs: null },
          escalate: null,
        },
        {
          name: "everything else",
          when: { permissions: ["Editor", "ReadOnly"], buckets: null, allBuckets: false },
          ask: null,
          decide: null,
          lasts: null,
          escalate: null,
        },
      ],
      maxKeysPerUser: 7,
      breakGlass: { who: people({ groups: ["S0ONCALL"] }), lastsMs: DAY / 6, tellChannelId: "C0SECURITY" },
    },
    tests: [
      {
        person: "U0DANA",
        groups: ["S0PLATFORM"],
        access: { permission: "Editor", buckets: { kind: "named", names: ["prod-data"] } },
        expect: { kind: "approvals", counts: { "production data": 2 } },
      },
      {
        person: "U0DANA",
        groups: [],
        access: { permission: "Admin", buckets: { kind: "all" } },
        expect: { kind: "approvals", counts: { admin: 1 } },
      },
      {
        person: "U0DANA",
        groups: [],
        access: { permission: "ReadOnly", buckets: { kind: "all" } },
        expect: { kind: "refused" },
      },
      {
        person: "U0DANA",
        groups: [],
        access: { permission: "ReadOnly", buckets: { kind: "named", names: ["other"] } },
        expect: { kind: "none" },
      },
    ],
    places: {
      rules: [3, 9, 13].map((line) => ({ line, column: 5 })),
      tests: [19, 20, 21, 22].map((line) => ({ line, column: 5 })),
    },
  });
});

/** The mistakes of a file, as `line:column says`. */
function mistakesOf(text: string): string[] {
  const reading = readPolicyFile(text);
  return reading.ok ? [] : reading.mistakes.map(({ line, column, says }) => `${line}:${column} ${says}`);
}

/** A policy whose one rule has these lines, from line 3 on, beside its name. */
const withRule = (...lines: string[]) => ["rules:", "  - name: one", ...lines.map((line) => `    ${line}`)].join("\n");
const WHEN = "when: { permission: [Editor] }";
const DECIDE = "decide: { users: [U0ANN] }";

const keys = (count: number) => Array.from({ length: count }, (_, at) => `k${at}:`).join("\n");

describe("what is not taken as YAML", () => {
  const tooDeep = "Lists and keys stand in each other more than 12 deep.";
  test.each([
    ["nothing", "", "1:1 The file is empty: it has to say at least which rules there are."],
    ["blanks and comments", "\n# rules:\n", "1:1 The file is empty: it has to say at least which rules there are."],
    ["a document without contents", "---\n", "1:1 The file is empty: it has to say at least which rules there are."],
    ["201 keys beside each other", keys(201), "1:1 More than 200 keys stand here, one beside the other."],
    [
      "as many in braces",
      `{ ${keys(201).replaceAll("\n", " ~, ")} ~ }`,
      "1:1 More than 200 keys stand here, one beside the other.",
    ],
    ["a document that is nothing", "~", "1:1 The file is empty: it has to say at least which rules there are."],
    ["more than 64 KB", `# ${"x".repeat(65_535)}`, "1:1 The file is larger than 64 KB."],
    ["a tab", "rules:\n\t- name: one", "2:1 A tab stands here: use spaces, as YAML wants them."],
    ["an anchor", "rules: &all []", "1:8 An anchor (&…) stands here: write out what is meant."],
    [
      "anchors that explode",
      ["a: &a [x,x,x,x]", ...["b", "c", "d"].map((name, at) => `${name}: &${name} [*${"abc"[at]},*${"abc"[at]}]`)].join(
        "\n",
      ),
      "1:4 An anchor (&…) stands here: write out what is meant.",
    ],
    [
      "a pattern that is an alias",
      "rules: [{ when: { buckets: [*-logs] } }]",
      "1:29 An alias (*…) stands here: write out what is meant, or put a pattern that begins with * in quotes.",
    ],
    ["a tag", "rules: !!set {}", "1:8 A tag (!…) stands here: leave it out."],
    ["a directive", "%YAML 1.1\n---\nrules: []", "1:1 A directive (%…) stands here: leave it out."],
    [
      "a second document",
      `${withRule(WHEN, DECIDE)}\n---\nrules: []`,
      "5:1 A second document begins here: leave it out.",
    ],
    [
      "a key that stands twice",
      `${withRule(WHEN, DECIDE, DECIDE)}`,
      "5:5 This key stands here twice: only one of them can count.",
    ],
    ["lists too deep in each other", "rules: ".concat("[".repeat(30)), `1:19 ${tooDeep}`],
    ["entries too deep in each other", "- ".repeat(30_000), `1:25 ${tooDeep}`],
    ["keys too deep in each other", "{a: ".repeat(15_000), `1:46 ${tooDeep}`],
  ])("%s", (_, text, mistake) => {
    expect(mistakesOf(text)).toEqual([mistake]);
  });

  test("a quote that does not end", () => {
    expect(mistakesOf('rules: "one')).toEqual([expect.stringMatching(/^1:\d+ This is not YAML: /)]);
  });
});

test.each([
  ["brackets", "[".repeat(65_000)],
  ["entries in entries", "- ".repeat(32_000)],
  ["keys in keys", "{a: ".repeat(16_000)],
  ["entries that are no rules", `rules:\n${"- 1\n".repeat(16_000)}`],
  ["unknown keys", keys(9_000)],
  ["a long key", `? ${"k".repeat(65_000)}\n: 1`],
])("64 KB of %s are answered in seconds", (_, text) => {
  const startedAt = performance.now();
  expect(readPolicyFile(text).ok).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});

test("whatever a file holds, there is an answer, and mistakes stand in it", () => {
  const piece = fc.constantFrom(
    ...[
      "rules:",
      "name: a",
      "decide: none",
      "tests:",
      "when:",
      "- ",
      "  ",
      "\n",
      "[",
      "]",
      "{ ",
      " }",
      ": ",
      ", ",
      "&a",
      "*a",
      "!t",
    ],
    ...[
      "? ",
      "#",
      '"',
      "'",
      "|",
      ">",
      "---\n",
      "...\n",
      "<<: ",
      "%YAML",
      "__proto__",
      "~",
      "1",
      "\u0000",
      "\u{1F511}",
      "\uFEFF",
      "\r\n",
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const reading = readPolicyFile(text);
      const lines = text.split("\n").length;
      for (const { line, column, says } of reading.ok ? [] : reading.mistakes) {
        expect([line >= 1 && line <= lines, column >= 1, says.includes("undefined")]).toEqual([true, true, false]);
      }
    }),
    { seed: 14, numRuns: 3_000 },
  );
});
