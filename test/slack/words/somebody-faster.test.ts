import type { KeyState } from "../../../src/domain/key";
import type { RefusalData } from "../../../src/domain/refusal";
import { refusalWords } from "../../../src/slack/words/refusals";
import { keyIn, REQUESTS } from "../../domain/samples";
import { BY_OWNER, pausedBy } from "../../workflow/keys";
import { plainText } from "./plain-text";

/** What whoever was second reads of what the first one did. */

const saidOf = (code: "somebody_was_faster", about: RefusalData["somebody_was_faster"]) =>
  plainText(refusalWords({ kind: "refused", code, about }));

const LIVE: KeyState = { kind: "live", secret: { kind: "unconfirmed", cover: null } };

test.each<[KeyState, string]>([
  [LIVE, "The key *deploy* is on. Please look at its card and try again."],
  [
    { kind: "secret_unknown", at: 3_000, cover: null },
    "Nobody holds a secret of *deploy* that works. Please look at its card and try again.",
  ],
  [
    { kind: "rotating", before: { kind: "secret_unknown", at: 3_000, cover: null } },
    "*deploy* is getting a new secret right now. Try again in a moment.",
  ],
  [
    { kind: "off", shownAt: 2_500 },
    "*deploy* is off. Press *I've saved it: switch on* below its secret, or *New secret* on its card.",
  ],
  [
    { kind: "switching_on", at: 3_000, until: 9_000, shownAt: 2_500, isUnanswered: false },
    "*deploy* may be on already. On its card, press *I've saved it: switch on* once more, or delete the key instead.",
  ],
  [{ kind: "deleting", byId: null, why: "never_on", at: 3_000 }, "*deploy* was never on, and goes."],
  [{ kind: "deleting", byId: "UANN", why: "asked", at: 3_000 }, "*deploy* is being deleted by @UANN."],
  [{ kind: "deleted", byId: "UANN", why: "asked", at: 3_000 }, "*deploy* was deleted by @UANN [3000]."],
])("somebody was faster, and now holds of the key: %o", (state, text) => {
  const key = keyIn(state);
  expect(saidOf("somebody_was_faster", { request: null, key })).toBe(`Somebody was faster. ${text}`);
  expect(saidOf("somebody_was_faster", { request: REQUESTS.made, key })).toBe(`Somebody was faster. ${text}`);
});

test("somebody was faster, and now holds of the request what they did", () => {
  expect(saidOf("somebody_was_faster", { request: REQUESTS.denied, key: null })).toBe(
    "Somebody was faster. @UANN denied this [2000].",
  );
});

test("somebody was faster, and the key is paused", () => {
  const key = pausedBy(keyIn(LIVE), { holds: [BY_OWNER], stands: "paused" });
  expect(saidOf("somebody_was_faster", { request: null, key })).toBe(
    "Somebody was faster. The key *deploy* is paused. Please look at its card and try again.",
  );
});
