import type { Refusal, RefusalCode, RefusalData } from "../../../src/domain/refusal";
import { refusalWords } from "../../../src/slack/words/refusals";
import { REQUESTS } from "../../domain/samples";
import { plainText } from "./plain-text";
import { ABOUT, keyName } from "./refusals-about";
import { TEXTS } from "./refusals-texts";

function saidOf<Code extends RefusalCode>(code: Code, about: RefusalData[Code]): string {
  return plainText(refusalWords({ kind: "refused", code, about } as Refusal));
}

test.each(Object.entries(TEXTS))("%s", (code, text) => {
  const known = code as RefusalCode;
  expect(saidOf(known, ABOUT[known])).toBe(text);
});

test.each([
  ["request", "unknown_request"],
  ["key", "unknown_key"],
  ["delivery", "delivery_uncertain"],
] as const)("somebody else's %s reads as one that is not there", (of, code) => {
  expect(saidOf("not_yours", { of })).toBe(saidOf(code, {}));
});

test("what a refusal is about changes its words", () => {
  expect(saidOf("no_such_key", { named: `${"w".repeat(200)}\u202E` })).toBe(
    `No key of yours is called *${"w".repeat(99)}…*. \`/tigris-key list\` shows those that you have.`,
  );
  expect(saidOf("dm_takes_no_post", { slackCode: "ratelimited" })).toMatch(
    /made or changed; please try again in a moment\.$/,
  );
  expect(saidOf("dm_takes_no_post", { slackCode: "messages_tab_disabled" })).toMatch(/turn on the Messages Tab/);
  expect(saidOf("being_made", { request: REQUESTS.making, tried: "reveal" })).toBe(
    "The key *deploy* is being made right now. Its secret appears here in a moment.",
  );
  expect(saidOf("past_withdrawal", { request: REQUESTS.making })).toBe(
    "The key *deploy* is being made right now. It can no longer be withdrawn; delete the key instead.",
  );
  expect(saidOf("already_deleted", { keyName, byId: null, why: "gone", at: 3_000 })).toBe(
    "*deploy* no longer exists in Tigris; that was noticed [3000].",
  );
  expect(saidOf("already_deleted", { keyName, byId: null, why: "never_on", at: 3_000 })).toBe(
    "*deploy* was never on, and was deleted [3000].",
  );
  expect(saidOf("already_deleted", { keyName, byId: null, why: "replaced", at: 3_000 })).toBe(
    "*deploy* was replaced by another key, and was deleted [3000].",
  );
  expect(saidOf("key_deleting", { keyName, byId: null, why: "never_on" })).toBe("*deploy* was never on, and goes.");
  expect(saidOf("key_deleting", { keyName, byId: null, why: "ended" })).toBe("*deploy* had its time, and goes.");
  expect(saidOf("held_by_other", { keyName, byId: "bot", kind: "overlap" })).toBe(
    "*deploy* is paused by me, since another key has its place; its owner has to resume it.",
  );
  expect(saidOf("held_by_other", { keyName, byId: "UDEV", kind: "owner" })).toBe(
    "*deploy* is paused by @UDEV, who has to resume it.",
  );
  expect(saidOf("held_by_other", { keyName, byId: "bot", kind: "bot" })).toBe(
    "*deploy* is paused by me, since Tigris did not say whether it is on; another approver than its owner has to resume it.",
  );
  expect(saidOf("rotation_lost", { keyName, isAskedFor: true })).toMatch(
    /Press \*Show my secret\* on the card of your request/,
  );
});

test.each<[RefusalData["no_rule"]["permission"], Partial<RefusalData["no_rule"]["instead"]>, string]>([
  ["Admin", { permissions: ["ReadOnly"] }, "You could ask for ReadOnly on all buckets."],
  ["Admin", { lower: { permission: "Editor", buckets: "any" } }, "You could ask for Editor on buckets that you name."],
  ["Admin", { lower: { permission: "Editor", buckets: ["dev-*"] } }, "You could ask for Editor on *dev-**."],
  ["Admin", {}, "If you need it, ask ‹operator›."],
  ["Editor", { permissions: ["ReadOnly"] }, "You could ask for ReadOnly on the same."],
  ["ReadOnly", {}, "If you need it, ask ‹operator›."],
])("what no rule lets anybody ask for says what to do next: %s, %j", (permission, instead, next) => {
  const about = {
    permission,
    buckets: "all" as const,
    instead: { buckets: [], permissions: [], lower: null, ...instead },
  };
  expect(saidOf("no_rule", about)).toBe(
    `No rule lets anybody ask for ${permission}${permission === "Admin" ? "" : " on all buckets"}. ${next}`,
  );
});
