import type { FieldProblem } from "../../../src/domain/input-rules";
import type { ChannelProblem } from "../../../src/domain/refusal";
import { channelWords } from "../../../src/slack/words/channel";
import { fieldProblemWords } from "../../../src/slack/words/fields";
import { alertWords, noteWords, noticeWords } from "../../../src/slack/words/notices";
import { outcomeWords } from "../../../src/slack/words/outcomes";
import { bold, channel, code, group, type Sentence, time, user } from "../../../src/slack/words/sentence";
import type { Alert, AlertData, Note, NoteData, Notice, NoticeData } from "../../../src/workflow/outbox-message";
import type { Done, DoneData, Outcome } from "../../../src/workflow/outcome";
import { plainText } from "./plain-text";

const keyName = "deploy";
const reference = "K7QM2XAB";
const accessKeyId = "tid_one";
const tigrisName = "deploy-K7QM2XAB";

/** Each code of a set with what it is about, and what people read. */
type Rows<Data> = { [Code in keyof Data]: [about: Data[Code], text: string] };

function eachOf<Data, Coded>(rows: Rows<Data>, words: (coded: Coded) => Sentence): void {
  test.each(Object.entries<[unknown, string]>(rows))("%s", (code, [about, text]) => {
    // Only an outcome has a kind.
    expect(plainText(words({ kind: "done", code, about } as Coded))).toBe(text);
  });
}

describe("outcomes", () => {
  eachOf<DoneData, Done>(
    {
      cancelled: [{ keyName }, "You cancelled the request for *deploy*. Nothing was made."],
      approved: [{ keyName, requesterId: "UDEV" }, "You approved *deploy* for @UDEV."],
      denied: [{ keyName, requesterId: "UDEV" }, "You denied *deploy* for @UDEV."],
      withdrawn: [{ keyName }, "You withdrew the approval of *deploy*."],
      revealed: [{ keyName }, "The secret of *deploy* is in this conversation. Save it now."],
      secret_replaced: [
        { keyName },
        "The new secret of *deploy* is in this conversation. The old one has stopped working.",
      ],
      confirmed: [{ keyName }, "Noted: you have saved the secret of *deploy*."],
      held_deleted: [
        { count: 2, byId: "UANN" },
        "You deleted the 2 keys that @UANN wanted to go. Programs that used them have lost access.",
      ],
      held_kept: [{ count: 1, byId: "UANN" }, "The key that @UANN wanted to go stays."],
      deleted: [{ keyName, accessKeyId }, "You deleted *deploy* (`tid_one`). Programs that used it have lost access."],
    },
    outcomeWords,
  );

  test("a refusal is one too", () => {
    const refusal: Outcome = { kind: "refused", code: "bot", about: {} };
    expect(plainText(outcomeWords(refusal))).toBe("Bots can't use Tigris keys. A person has to do this.");
  });
});

describe("notices", () => {
  eachOf<NoticeData, Notice>(
    {
      approved: [
        { keyName, reference, approverId: "UANN" },
        "@UANN approved *deploy*. Press Reveal secret on its card. (ref `K7QM2XAB`)",
      ],
      denied: [
        { keyName, reference, approverId: "UANN", reason: "Use *Editor*" },
        "@UANN denied *deploy*: “Use *Editor*” (ref `K7QM2XAB`)",
      ],
      withdrawn: [
        { keyName, reference, approverId: "UANN" },
        "@UANN withdrew the approval of *deploy*. Nothing was made. (ref `K7QM2XAB`)",
      ],
      lapsed: [
        { keyName, why: "undecided" },
        "Nobody decided about *deploy* in time, so the request has lapsed. You can ask again.",
      ],
      not_posted: [
        { keyName, reference, channelId: "C1", slackCode: "restricted_action" },
        "Your request for *deploy* has not reached the approvers: I can't post in #C1 (`restricted_action`). Tell whoever runs this bot; until then nobody can decide (ref `K7QM2XAB`).",
      ],
      requester_gone: [
        { keyName, requesterId: "UDEV" },
        "@UDEV can no longer ask for keys, so your approval of *deploy* has ended. Nothing was made.",
      ],
      not_delivered: [
        { keyName, reference },
        "The secret of *deploy* was not shown for certain, so its key was deleted. If a secret did appear, it does not work. Its card shows how to go on (ref `K7QM2XAB`).",
      ],
      ambiguous: [
        { keyName, reference },
        "I was interrupted while making *deploy*, and asked the approvers to look what became of its key. Its card shows how to go on (ref `K7QM2XAB`).",
      ],
      rotation_lost: [
        { keyName, isAskedFor: false },
        "The old secret of *deploy* has probably stopped working, and nobody holds the new one. Press New secret again, or delete the key.",
      ],
      deleted_by_other: [
        { keyName, accessKeyId, byId: "UANN" },
        "@UANN deleted your key *deploy* (`tid_one`). Programs that used it have lost access.",
      ],
      written: [{ sentence: [user("UANN"), " approved ", bold("deploy"), "."] }, "@UANN approved *deploy*."],
    },
    noticeWords,
  );

  test("an approval that nobody used lapses with other words", () => {
    expect(plainText(noticeWords({ code: "lapsed", about: { keyName, why: "unused" } }))).toBe(
      "The approval of *deploy* was not used in time and has lapsed. You can ask again.",
    );
  });
});

describe("notes", () => {
  eachOf<NoteData, Note>(
    {
      new_secret: [{ keyName, ownerId: "UDEV", isLast: false }, "@UDEV had a new secret made for *deploy*."],
      written: [{ sentence: ["As it was."] }, "As it was."],
    },
    noteWords,
  );

  test("the last one within an hour says so", () => {
    expect(plainText(noteWords({ code: "new_secret", about: { keyName, ownerId: "UDEV", isLast: true } }))).toBe(
      "@UDEV had a new secret made for *deploy*. If more are made within the hour, it is not said here.",
    );
  });
});

describe("alerts", () => {
  eachOf<AlertData, Alert>(
    {
      deletion_failing: [
        { tigrisName, accessKeyId },
        "I can't delete the access key *deploy-K7QM2XAB* (`tid_one`) in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
      ],
      made_too_late: [
        { accessKeyId },
        "I could not delete the access key `tid_one`, which was made too late to be recorded. Please delete it in the Tigris Dashboard.",
      ],
      search_unanswered: [
        { tigrisName },
        "Tigris lists no keys for me, so I can't say whether the access key *deploy-K7QM2XAB* was made by mistake. I go on looking; please look for it in the Tigris Dashboard.",
      ],
      search_unproven: [
        { tigrisName },
        "Tigris's list of keys may leave some out: it does not show those that I know to be there. So I can't say whether the access key *deploy-K7QM2XAB* was made by mistake. I go on looking; please look for it in the Tigris Dashboard.",
      ],
      search_ambiguous: [
        {
          keys: [
            { name: "one", accessKeyId: "tid_1" },
            { name: "two", accessKeyId: "tid_2" },
          ],
        },
        "I lost an answer of Tigris's and can't tell which key it made, so I deleted none. Please look at these in the Tigris Dashboard: *one* (`tid_1`), *two* (`tid_2`).",
      ],
      left_to_people: [
        { tigrisName, accessKeyId: null },
        "Long ago I was interrupted while making the access key *deploy-K7QM2XAB* (`id unknown`), so I deleted nothing. If it is in the Tigris Dashboard and nobody uses it, please delete it there.",
      ],
      written: [{ sentence: ["As it was."] }, "As it was."],
    },
    alertWords,
  );

  test("what is not known is said to be unknown", () => {
    expect(plainText(alertWords({ code: "deletion_failing", about: { tigrisName: null, accessKeyId: null } }))).toBe(
      "I can't delete the access key *(name unknown)* (`id unknown`) in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
    );
  });
});

test.each<[ChannelProblem["code"], string]>([
  ["not_found", "I'm not in the approvals channel: invite me there."],
  ["not_member", "I'm not in #C1: invite me there."],
  ["archived", "The approvals channel #C1 is archived."],
  ["shared", "The approvals channel #C1 is shared with another organisation."],
])("a channel that can't be posted to: %s", (code, text) => {
  expect(plainText(channelWords({ code, channelId: "C1" }))).toBe(text);
});

test.each<[FieldProblem, string]>([
  [{ code: "name_missing" }, "Give the key a name."],
  [{ code: "name_characters" }, "Use only letters, digits, dots, underscores and hyphens."],
  [{ code: "too_long", max: 48 }, "Use at most 48 characters."],
  [
    { code: "reason_too_short", min: 10 },
    "Say in at least 10 characters why you need this key: somebody has to approve it.",
  ],
  [{ code: "bucket_count", max: 50 }, "Choose between 1 and 50 buckets."],
  [{ code: "buckets_gone", names: ["a", "b"] }, "No longer there: a, b. Choose again."],
])("a field that doesn't fit: $code", (problem, text) => {
  expect(fieldProblemWords(problem)).toBe(text);
});

describe("a sentence that was stored", () => {
  const said = (sentence: readonly unknown[]) => noticeWords({ code: "written", about: { sentence } });

  test("comes back from JSON as it was, with every kind of part", () => {
    const sentence = ["a ", bold("b"), code("c"), user("UANN"), group("S1"), channel("C1"), time(2_000)];
    expect(said(JSON.parse(JSON.stringify(sentence)))).toEqual(sentence);
  });

  test("loses what is no part of one, and keeps the rest", () => {
    const wrong = [7, null, "", [], {}, { kind: "link", text: "x" }, { kind: "bold" }, user("U1> <!channel"), user("")];
    const never = [time(-1), time(1.5), time(Number.MAX_SAFE_INTEGER), { kind: "time", at: "2000" }];
    expect(said(["a", ...wrong, ...never, { kind: "bold", text: "b", url: "x" }])).toEqual(["a", bold("b")]);
  });

  test.each([[[]], [[null]], [[""]], [undefined], ["text"], [{ 0: "a" }]])("is never empty: %j", (stored) => {
    expect(said(stored as readonly unknown[])).toEqual([" "]);
  });
});
