import fc from "fast-check";
import { readCommand, readCommandPayload } from "../../../src/slack/command/input";

const own = { kind: "own" };

test.each([
  ["", { kind: "help" }],
  ["   ", { kind: "help" }],
  ["help", { kind: "help" }],
  [" HELP  me", { kind: "help" }],
  ["create", { kind: "create", keyName: "" }],
  ["create ci-uploader", { kind: "create", keyName: "ci-uploader" }],
  ["  Create   ci-uploader  ", { kind: "create", keyName: "ci-uploader" }],
  ["create a &lt;b&gt; &amp;amp;", { kind: "create", keyName: "a <b> &amp;" }],
  ["list", { kind: "list", whose: own, search: null }],
  ["list ci  uploader", { kind: "list", whose: own, search: "ci uploader" }],
  ["list al", { kind: "list", whose: own, search: "al" }],
  ["list &lt;b&gt;", { kind: "list", whose: own, search: "<b>" }],
  [`list ${"x".repeat(100)}`, { kind: "list", whose: own, search: "x".repeat(60) }],
  [`list ${"x".repeat(59)}🔑`, { kind: "list", whose: own, search: `${"x".repeat(59)}\uFFFD` }],
  ["list ALL", { kind: "list", whose: { kind: "all" }, search: null }],
  ["list all ci", { kind: "list", whose: { kind: "all" }, search: "ci" }],
  ["list <@UANN>", { kind: "list", whose: { kind: "person", userId: "UANN" }, search: null }],
  ["list <@W0ANN|ann> ci", { kind: "list", whose: { kind: "person", userId: "W0ANN" }, search: "ci" }],
  ["list @ann", { kind: "unknown", word: "list @ann", nearest: "list all" }],
  ["list <@UANN><@UBOB>", { kind: "unknown", word: "list <@UANN><@UBOB>", nearest: "list all" }],
  ["list <#CANN>", { kind: "unknown", word: "list <#CANN>", nearest: "list all" }],
  ["report", { kind: "report" }],
  [" REPORT ", { kind: "report" }],
  ["report all", { kind: "unknown", word: "report all", nearest: "report" }],
  ["reprot", { kind: "unknown", word: "reprot", nearest: "report" }],
  ["delete", { kind: "delete", named: null }],
  ["delete tid_one", { kind: "delete", named: "tid_one" }],
  ["delete one two", { kind: "unknown", word: "delete one two", nearest: "delete" }],
  ["craete", { kind: "unknown", word: "craete", nearest: "create" }],
  ["Lst", { kind: "unknown", word: "Lst", nearest: "list" }],
  ["del tid_one", { kind: "unknown", word: "del", nearest: "delete" }],
  ["sing", { kind: "unknown", word: "sing", nearest: null }],
  ["constructor", { kind: "unknown", word: "constructor", nearest: null }],
  ["&lt;!channel&gt;", { kind: "unknown", word: "<!channel>", nearest: null }],
])("/tigris-key %s", (text, command) => {
  expect(readCommand(text)).toEqual(command);
});

test("whatever is typed is some command", () => {
  const typed = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.tuple(fc.constantFrom("create", "list", "delete"), fc.string()).map(([word, rest]) => `${word} ${rest}`),
  );
  fc.assert(
    fc.property(typed, (text) => {
      expect(["help", "unknown", "create", "list", "delete"]).toContain(readCommand(text).kind);
    }),
  );
});

const PAYLOAD = {
  user_id: "UDEV",
  team_id: "T1",
  text: "list",
  trigger_id: "1.2.3",
  response_url: "https://hooks.slack.com/commands/1",
  command: "/tigris-key",
  channel_name: "directmessage",
};

test("a command's payload", () => {
  expect(readCommandPayload(PAYLOAD)).toEqual({
    kind: "command",
    actor: { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: null },
    channelId: null,
    text: "list",
    triggerId: "1.2.3",
    responseUrl: "https://hooks.slack.com/commands/1",
  });
  expect(readCommandPayload({ ...PAYLOAD, text: undefined })).toMatchObject({ text: "" });
});

test.each([
  ["nothing", null],
  ["no person", { ...PAYLOAD, user_id: undefined }],
  ["no trigger", { ...PAYLOAD, trigger_id: undefined }],
  ["words in a list", { ...PAYLOAD, text: ["list"] }],
  ["endless words", { ...PAYLOAD, text: "x".repeat(10_001) }],
  ["an address that is none", { ...PAYLOAD, response_url: {} }],
])("%s is malformed", (_what, payload) => {
  expect(readCommandPayload(payload)).toEqual({ kind: "malformed" });
});
