import { alertWords } from "../../../src/slack/words/notices";
import type { Alert, AlertData } from "../../../src/workflow/outbox-message";
import { eachOf } from "./each-of";
import { plainText } from "./plain-text";

const accessKeyId = "tid_one";
const tigrisName = "deploy-K7QM2XAB";

describe("alerts", () => {
  eachOf<AlertData, Alert>(
    {
      deletion_failing: [
        { tigrisName, accessKeyId },
        "I can't delete the access key *deploy-K7QM2XAB* (`tid_one`) in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
      ],
      pause_failing: [
        { tigrisName, accessKeyId },
        "I can't pause the access key *deploy-K7QM2XAB* (`tid_one`) in Tigris, so it may still work. I go on trying; delete it, or look at it in the Tigris Dashboard.",
      ],
      narrowing_failing: [
        { tigrisName, accessKeyId },
        "I can't take from the access key *deploy-K7QM2XAB* (`tid_one`) in Tigris what it is no longer to open, so it may still open that. I go on trying; pause or delete it, or look at it in the Tigris Dashboard.",
      ],
      left_behind: [
        {
          keys: [
            { name: "one", accessKeyId: "tid_1" },
            { name: "two", accessKeyId: null },
          ],
        },
        "I lost an answer of Tigris's and can't tell which key it made, so I deleted none. Please look at these in the Tigris Dashboard: *one* (`tid_1`), *two* (`id unknown`).",
      ],
      not_deleted: [
        { tigrisName, accessKeyId, why: "has_power" },
        "Please pause or delete the access key *deploy-K7QM2XAB* (`tid_one`) in the Tigris Dashboard. By my record it works nowhere, but it opens buckets in Tigris, so I did not delete it.",
      ],
      switch_expired: [
        { tigrisName, accessKeyId, ownerId: "UDEV" },
        "Tigris never said whether the access key *deploy-K7QM2XAB* (`tid_one`) of @UDEV is on, so I paused it. Please resume or delete it.",
      ],
      written: [{ sentence: ["As it was."] }, "As it was."],
    },
    alertWords,
  );

  test.each([
    ["other_name", "it has another name in Tigris"],
    ["other_creator", "Tigris names somebody else as its creator"],
  ] as const)("what the bot did not delete by itself says why: %s", (why, said) => {
    expect(plainText(alertWords({ code: "not_deleted", about: { tigrisName, accessKeyId, why } }))).toContain(said);
  });

  test("what is not known is said to be unknown", () => {
    expect(plainText(alertWords({ code: "deletion_failing", about: { tigrisName: null, accessKeyId: null } }))).toBe(
      "I can't delete the access key *(name unknown)* (`id unknown`) in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
    );
  });
});
