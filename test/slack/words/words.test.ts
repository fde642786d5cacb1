import { noteWords, noticeWords } from "../../../src/slack/words/notices";
import { bold, user } from "../../../src/slack/words/sentence";
import type { Note, NoteData, Notice, NoticeData } from "../../../src/workflow/outbox-message";
import { eachOf } from "./each-of";
import { plainText } from "./plain-text";

const keyName = "deploy";
const requesterId = "UDEV";
const reference = "K7QM2XAB";
const accessKeyId = "tid_one";

describe("notices", () => {
  eachOf<NoticeData, Notice>(
    {
      approved: [
        { keyName, approverIds: ["UANN"], kind: "key", isBack: false },
        "@UANN approved *deploy*: press *Show my secret*.",
      ],
      waits_again: [
        { keyName, why: { kind: "approver_lost", approverId: "UANN" }, hasKey: true },
        "@UANN is no longer an approver, so *deploy* waits for approval again. Its key stays off until then.",
      ],
      denied: [{ keyName, approverId: "UANN", reason: "Use *Editor*" }, "@UANN denied *deploy*: “Use *Editor*”"],
      withdrawn: [
        { keyName, approverId: "UANN" },
        "@UANN withdrew the approval of *deploy*. Its card says what holds now.",
      ],
      lapsed: [
        { keyName, why: "undecided" },
        "Nobody decided about *deploy* in time, so the request has lapsed. You can ask again.",
      ],
      not_posted: [
        { keyName, reference, channelId: "C1", slackCode: "restricted_action" },
        "Your request for *deploy* has not reached the approvers: I can't post in #C1, since its posting rules leave me out. Until that is mended nobody can decide; tell ‹operator› (ref `K7QM2XAB`).",
      ],
      leak_reported: [
        { keyName, accessKeyId, byId: "UEVE", messageUrl: null, holdsSecret: true },
        "@UEVE says that a message leaks your key *deploy* (`tid_one`). The message holds a secret too.",
      ],
      taken_over: [
        { keyName, fromId: "UDEV", isPaused: false },
        "You took over *deploy*. @UDEV still knows its secret: press *New secret*, and put the new one where it is used.",
      ],
      paused_as_guest: [
        { keyName },
        "Slack says that you are a guest by now, so I paused your key *deploy*. A full member can take it over.",
      ],
      requester_gone: [
        { keyName, requesterId },
        "@UDEV can no longer ask for keys, so your approval of *deploy* has ended. No key came of it.",
      ],
      not_delivered: [
        { keyName },
        "I was interrupted while making *deploy*. If a key was made, it opens nothing, and I delete it. Press *Show my secret* again.",
      ],
      not_confirmed: [
        { keyName },
        "I couldn't confirm that the secret of *deploy* appeared. If you have it, press the button below the secret; if not, press *New secret* on its card.",
      ],
      still_off: [
        { keyName, lapsesAt: 9_000, isLast: false },
        "*deploy* is still off: it opens none of your buckets. It is deleted [9000]. Have you saved its secret?",
      ],
      switch_expired: [
        { keyName },
        "Tigris never said whether *deploy* is on, so I paused it. The approvers know; one of them can resume or delete it.",
      ],
      paused_by_other: [
        { keyName, byId: "UANN" },
        "@UANN paused your key *deploy*. Programs that use it have lost access until an approver resumes it.",
      ],
      ended: [
        { keyName },
        "The time of *deploy* is over, so I paused it: programs that use it have lost access. Its card says what you can do.",
      ],
      ends_soon: [
        { keyName, at: 5_000, isFinal: false },
        "*deploy* ends [5000]: then it is paused, and programs that use it lose access. Still needed? Press *Extend*.",
      ],
      end_set: [
        { keyName, at: 5_000, isSooner: true },
        "The policy lets such keys last less long by now, so *deploy* ends [5000].",
      ],
      followed: [
        { keyName, by: "tid_two", at: 5_000 },
        "Your second key for *deploy* is on: `tid_two`. The first one is paused [5000]; once no program uses it any more, press *I've switched*.",
      ],
      replaced: [
        { keyName },
        "The first key of *deploy* is paused: your second one has its place. It is deleted in a day. If something stopped working, press *Resume*.",
      ],
      overlap_off: [
        { keyName, isPaused: false },
        "No other key takes the place of *deploy* any more, so it is not paused, and works on.",
      ],
      resumed_by_other: [{ keyName, byId: "UANN" }, "@UANN resumed your key *deploy*. It works again."],
      rotation_lost: [
        { keyName, isAskedFor: false },
        "The old secret of *deploy* has probably stopped working, and nobody holds the new one. Press *New secret* again, or delete the key.",
      ],
      deleted_by_other: [
        { keyName, byId: "UANN" },
        "@UANN deleted your key *deploy*. Programs that used it have lost access.",
      ],
      written: [{ sentence: [user("UANN"), " approved ", bold("deploy"), "."] }, "@UANN approved *deploy*."],
    },
    noticeWords,
  );

  test("the last reminder says when the key goes", () => {
    const about = { keyName, lapsesAt: 9_000, isLast: true };
    expect(plainText(noticeWords({ code: "still_off", about }))).toBe(
      "*deploy* is still off and is deleted [9000]. Have you saved its secret?",
    );
  });

  test.each([
    ["secret", "@UANN approved a new secret of *deploy*: press *Show my secret*."],
    ["resume", "@UANN approved the resume of *deploy*: press *Resume*."],
  ] as const)("an approval of a %s names what was asked, and its button", (kind, text) => {
    expect(
      plainText(noticeWords({ code: "approved", about: { keyName, approverIds: ["UANN"], kind, isBack: false } })),
    ).toBe(text);
  });

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
