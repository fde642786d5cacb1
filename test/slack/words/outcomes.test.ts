import { outcomeWords } from "../../../src/slack/words/outcomes";
import type { Done, DoneCode, DoneData, Outcome } from "../../../src/workflow/outcome";
import { plainText } from "./plain-text";

const keyName = "deploy";
const requesterId = "UDEV";
const accessKeyId = "tid_one";

describe("outcomes", () => {
  const ROWS: { [Code in DoneCode]: [about: DoneData[Code], text: string] } = {
    cancelled: [{ keyName }, "You canceled the request for *deploy*. No key came of it."],
    approved: [{ keyName, requesterId }, "You approved *deploy* for @UDEV."],
    voted: [
      { keyName, requesterId },
      "Your yes to *deploy* for @UDEV counts. Others have to approve it too; the card shows how many.",
    ],
    approved_with_less: [{ keyName, requesterId }, "You approved *deploy* for @UDEV with less than they asked for."],
    reminded: [{ keyName }, "I remind the approvers of *deploy*. You can do this once an hour."],
    denied: [{ keyName, requesterId }, "You denied *deploy* for @UDEV."],
    withdrawn: [{ keyName, isGlass: false }, "You withdrew the approval of *deploy*."],
    access_narrowed: [
      { keyName, access: { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } } },
      "*deploy* has ReadOnly on builds now, and no more. Its secret stays. Tigris may need a minute.",
    ],
    access_widened: [
      { keyName, access: { permission: "Admin", buckets: { kind: "all" } }, endsAt: 9_000 },
      "*deploy* has every bucket and key of the organization now. Its secret stays. Tigris may need a minute. Such keys last less long, so it ends [9000].",
    ],
    revealed: [{ keyName }, "The secret of *deploy* is in this conversation. Save it now."],
    secret_replaced: [
      { keyName },
      "The new secret of *deploy* is in this conversation. The old one has stopped working.",
    ],
    confirmed: [{ keyName }, "Noted: you have saved the secret of *deploy*."],
    confirmed_paused: [
      { keyName },
      "Noted: you have saved the secret of *deploy*. The key is paused, so it works nowhere until somebody presses *Resume*.",
    ],
    switched_on: [{ keyName }, "*deploy* is on. Tigris may need a minute."],
    paused: [{ keyName }, "You paused *deploy*: it works nowhere. *Resume* lets it work again."],
    switched_over: [
      { keyName },
      "The old *deploy* is paused, and will be deleted in a day. *Resume* on its card lets it work again.",
    ],
    kept_both: [{ keyName }, "You keep both keys: *deploy* works on."],
    resumed: [{ keyName }, "*deploy* works again. Tigris may need a minute."],
    extended: [{ keyName, at: 5_000, isHeld: false }, "*deploy* now ends [5000]."],
    taken_over: [
      { keyName, fromId: "UDEV", isPaused: true },
      "*deploy* is yours; its card is in our DM. @UDEV still knows its secret: press *New secret*, and put the new one where it is used. It is paused.",
    ],
    did_leave: [{ count: 12 }, "You said that 12 people did leave. A card for each follows here, with their keys."],
    all_left: [
      { ownerId: "UDEV", did: "deleted", count: 1, others: 2 },
      "You deleted one key of @UDEV. 2 more could not be, or not yet: the card shows where they stand.",
    ],
    kept: [{ keyName, until: 5_000 }, "Noted: *deploy* keeps its secret. I ask again [5000]."],
    reviewed: [
      { keyName, requesterId, left: 1 },
      "You have reviewed the broken glass of @UDEV (*deploy*). One more person has to.",
    ],
    made_deleted: [{ accessKeyId }, "You deleted `tid_one`. Programs that used it have lost access."],
    deleted: [{ keyName, accessKeyId }, "You deleted *deploy* (`tid_one`). Programs that used it have lost access."],
  };

  test.each(Object.entries<[unknown, string]>(ROWS))("%s", (code, [about, text]) => {
    expect(plainText(outcomeWords({ kind: "done", code, about } as Done))).toBe(text);
  });

  test("a refusal is one too", () => {
    const refusal: Outcome = { kind: "refused", code: "bot", about: {} };
    expect(plainText(outcomeWords(refusal))).toBe("Bots can't use Tigris keys. A person has to do this.");
  });
});
