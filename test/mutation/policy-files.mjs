import { of } from "./of.mjs";

/** What a policy's file is refused for. */

const FILE = "src/policy-file";
const READ = "test/policy-file/read";
const MISTAKES = "test/policy-file/mistakes";

/** @type {import("./mutations.mjs").Mutation[]} */
export const POLICY_FILES = [
  ...of(`${FILE}/yaml.ts`, READ, [
    ["a large file is not read", "Buffer.byteLength(text) > MAX_POLICY_BYTES", "text === MAX_POLICY_BYTES.toString()"],
    ["a tab is refused", 'text.slice(0, text.indexOf("\\t") + 1)', '""'],
    ["an anchor is refused", "if (says) yield", 'if (says && token.type !== "anchor") yield'],
    ["an alias is refused", "if (says) yield", 'if (says && token.type !== "alias") yield'],
    ["a tag is refused", "if (says) yield", 'if (says && token.type !== "tag") yield'],
    ["a directive is refused", "if (says) yield", 'if (says && token.type !== "directive") yield'],
    ["what is too deep is refused", "if (levels === 0) {", "if (levels === -1) {"],
    [
      "thousands of keys are refused",
      "isMapping(token) && token.items.length > MAX_POLICY_KEYS",
      "isMapping(token) && token.items.length === -1",
    ],
    [
      "thousands of keys in braces are refused",
      '(token.type === "flow-collection" && token.start.type === "flow-map-start")',
      "false",
    ],
    ["a second document is refused", "if (second)\n", "if (second === null)\n"],
    ["a key stands once", "uniqueKeys: true", "uniqueKeys: false"],
    ["an empty file is refused", "return value === null ?", 'return value === "" ?'],
    ["what is no YAML is refused", "if (mistakes.length > 0) return { ok: false, mistakes };"],
  ]),
  ...of(`${FILE}/schema.ts`, MISTAKES, [
    ["Admin has no buckets", 'buckets === undefined || !permission.includes("Admin")', "permission.length > 0"],
    [
      "an Admin key needs an approval in every policy",
      'decide !== null || !when.permission.includes("Admin")',
      "when.permission.length > 0",
    ],
    [
      "nobody is told later where nobody decides",
      "decide !== null || escalate === undefined",
      'escalate !== null || decide === "x"',
    ],
    [
      "somebody decides",
      '    expected("who decides"),\n  )\n  .refine(namesSomebody, NAMES_NOBODY)',
      '    expected("who decides"),\n  )',
    ],
    ["a default is not longer than the longest", "read.default <= read.longest", "read.default >= 0"],
    ["rules are bounded", ".max(MAX_RULES,", ".max(MAX_RULES * 2,"],
    ["there is a rule", '.min(1, { error: "is an empty list: nobody', '.min(0, { error: "is an empty list: nobody'],
    ["names are different", "if (names.indexOf(name) < index)", "if (names.indexOf(name) > index)"],
    ["patterns are bounded", ".length > MAX_PATTERNS)", ".length > 2 * MAX_PATTERNS)"],
    ["tests name rules that there are", "if (!names.includes(name))", "if (names.length === 0)"],
    ["a break glass is short", 'time({ min: "5m", max: "24h" }', 'time({ min: "5m", max: "99h" }'],
    ["so many keys are the most", "upTo(MAX_KEYS_SETTING)", "upTo(MAX_KEYS_SETTING * 2)"],
  ]),
  ...of(`${FILE}/values.ts`, MISTAKES, [
    ["a list names nothing twice", "new Set(all).size === all.length", "all.length > 0"],
    [
      "a list names something",
      '.min(1, { error: "is an empty list; leave it out',
      '.min(0, { error: "is an empty list; leave it out',
    ],
    ["a count is at least one", ".min(1, what)", ".min(0, what)"],
    ["a count is not above the most", ".max(most, what)"],
    ["a time is within its limits", "value >= min && value <= max", "value >= 0"],
    ["a name is seen", 'name.trim() !== ""', "name.length >= 0"],
    ["a name is short", "[...name].length <= MAX_RULE_NAME", "[...name].length >= 0"],
    ["a name holds nothing unseen", "visible(name) === name && "],
    ["a name is one line", ' && !name.includes("\\n")'],
    ["a name has no blanks around it", "name.trim() === name", "name.length >= 0"],
    ["a person's id is one", "text(/^[UW][A-Z0-9]{4,}$/", "text(/./"],
    ["a group's id is one", "text(/^S[A-Z0-9]{4,}$/", "text(/./"],
    ["a channel's id is one", "text(/^[CG][A-Z0-9]{4,}$/", "text(/./"],
    ["a pattern has letters of bucket names", "/^[A-Za-z0-9*][\\w.*-]{0,254}$/", "/./"],
    ["a test is about buckets' names", ".refine(isBucketName, {", '.refine((name) => name !== "", {'],
    ["people are named", "return users !== undefined || groups !== undefined;", "return true;"],
  ]),
  ...of(`${FILE}/test-schema.ts`, MISTAKES, [
    [
      "a test of Admin names no buckets",
      'return names === undefined ? { permission, buckets: { kind: "all" } } : null;',
      'return { permission, buckets: { kind: "all" } };',
    ],
    ["a test is of some buckets or of all", "if ((names === undefined) !== isAll) return null;"],
    ["an expectation names a rule", "Object.keys(named).length > 0", "Object.keys(named).length >= 0"],
  ]),
  ...of(`${FILE}/read.ts`, MISTAKES, [
    ["each unknown key is named where it stands", "parsed.atKey([...path, key])", "parsed.at(path)"],
    ["a part has one mistake", "|| !seen.has(part)", "|| part !== null"],
    ["a mistake is told of the kind that was meant", "if (meant) return", "if (meant === null) return"],
    ["mistakes stand in the file's order", ".toSorted((a, b) => a.line - b.line || a.column - b.column)"],
  ]),
  ...of(`${FILE}/write.ts`, "test/policy-file/write", [
    ["no anchors are written", ", { aliasDuplicateObjects: false }"],
    ["a time is written exactly", "ms >= size && ms % size === 0", "ms >= size"],
    ["who may ask is written", "...(ask && { ask: writtenPeople(ask) }),"],
    ["how many is written", ", count: decide.count }", " }"],
    ["all buckets are written", "...(when.allBuckets && { allBuckets: true }),"],
  ]),
];
