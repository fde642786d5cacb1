import type { Key, KeyKind, Pause } from "../../../src/domain/key";
import type { Delivered, Request } from "../../../src/domain/request";
import { requesterCard } from "../../../src/slack/requester-card/view";
import { BY_ANN, keyIn, REQUESTS, requestIn } from "../../domain/samples";
import { BY_APPROVER, BY_BOT, BY_OWNER, DROPPED, KEYS, PAUSES, pausedBy } from "../../workflow/keys";
import { buttonsOf, labelsOf, linesOf, objectsIn, rowsOf } from "../reading";

const approvers = { users: [], groups: ["SAPPROVE"] };
const card = (key: Key, request: Request = REQUESTS.made) =>
  requesterCard({ request, key, approvers, waited: approvers }).blocks;

const delivered = (changes: Partial<Delivered> = {}) =>
  requestIn({ ...(REQUESTS.delivered as Request<Delivered>).state, ...changes });
const REFUSED = { refusal: { tigrisCode: "AccessDenied", at: 5_000 } };
const OFF = "🔑 Off · deploy opens none of your buckets until you say that you saved the secret, shown [2].";
const ASKED = "Secret didn't appear? Press New secret.";
const GOES = "Admin on the whole organization · tid_one · deleted [10] if it is still off · ref K7QM2XAB";
const REFUSAL =
  "Tigris refused to switch it on [5], since it doesn't allow me to. Press I've saved it: switch on again; if that goes on, tell whoever runs this bot (ref K7QM2XAB).";

describe("a key that is off", () => {
  test.each<[string, number | null, Partial<Delivered>, string[], string[]]>([
    [
      "whose secret was shown",
      2_500,
      {},
      [OFF, ASKED, GOES],
      ["I've saved it: switch on", "New secret", "⋯ Delete key"],
    ],
    [
      "whose secret may not have appeared: only the button below the secret switches it on",
      null,
      {},
      [
        "🔑 Off · I couldn't confirm that the secret of deploy appeared.",
        "If you have it, press the button below the secret; if not, press New secret.",
        GOES,
      ],
      ["New secret", "⋯ Delete key"],
    ],
    [
      "that Tigris refused to switch on",
      2_500,
      REFUSED,
      [OFF, ASKED, REFUSAL, GOES],
      ["I've saved it: switch on", "New secret", "⋯ Delete key"],
    ],
  ])("%s", (_what, shownAt, changes, lines, buttons) => {
    const blocks = card(keyIn({ kind: "off", shownAt }), delivered(changes));
    expect(linesOf(blocks)).toEqual(lines);
    expect(labelsOf(blocks)).toEqual(buttons);
  });

  test("its buttons name its delivery, and neither asks first: nothing is lost by them", () => {
    const [saved, another] = buttonsOf(card(KEYS.off, delivered()));
    expect(saved).toMatchObject({ actionId: "delivery_saved_card", value: "delivery-1", asks: null });
    expect(another).toMatchObject({ actionId: "delivery_new_secret", value: "delivery-1", asks: null });
  });

  test("its button stands back behind the same one below the secret, until the card has rung for it", () => {
    const styleOf = (named: Delivered["named"]) => buttonsOf(card(KEYS.off, delivered({ named })))[0]?.style;
    expect([styleOf("not_yet"), styleOf("first"), styleOf("last")]).toEqual([undefined, "primary", "primary"]);
  });

  test("its menu deletes it, and asks first: a menu of one option can", () => {
    expect(objectsIn(card(KEYS.off, delivered()))).toContainEqual(
      expect.objectContaining({ type: "overflow", confirm: expect.objectContaining({ style: "danger" }) }),
    );
  });

  test.each([
    ["cancelled", REQUESTS.cancelled],
    ["withdrawn", REQUESTS.withdrawn],
    ["lapsed", REQUESTS.lapsed],
  ])("that went with its request: the request says that it was never on (%s)", (_how, request) => {
    expect(rowsOf(card(DROPPED, request))).toContainEqual("Its key was never on, and goes.");
  });

  test("that has power in Tigris all the same is shown as one that is on", () => {
    expect(rowsOf(card(KEYS.live, REQUESTS.lapsed))[0]).toBe("🔑 On · deploy · Admin on the whole organization");
  });
});

describe("a paused key", () => {
  const NOWHERE = " · deploy works nowhere";
  const BY_THEM = "It works again when one of @SAPPROVE resumes it.";

  test.each<[string, Partial<Pause>, string[], string[]]>([
    ["by its owner", PAUSES.paused, [`⏸️ Paused by you [4]${NOWHERE}`], ["Resume", "Delete key", "⋯ New secret"]],
    [
      "by an approver: who can resume it is said, and the button is not there",
      { ...PAUSES.paused, holds: [BY_APPROVER] },
      [`⏸️ Paused by @UANN [4]${NOWHERE}`, BY_THEM],
      ["New secret", "Delete key", "⋯ Pause"],
    ],
    [
      "by both",
      { ...PAUSES.paused, holds: [BY_OWNER, BY_APPROVER] },
      [`⏸️ Paused by you [4] and @UANN [4]${NOWHERE}`, BY_THEM],
      ["Resume", "Delete key", "⋯ New secret"],
    ],
    [
      "by the bot",
      { ...PAUSES.paused, holds: [BY_BOT] },
      [`⏸️ Paused by me [4]${NOWHERE}`, "Tigris did not say whether it is on.", BY_THEM],
      ["New secret", "Delete key", "⋯ Pause"],
    ],
    [
      "not yet, as far as Tigris says",
      PAUSES.pausing,
      ["⏸️ Paused by you [4] · deploy", "Tigris has not confirmed it yet: until then it may still work."],
      ["Resume", "Delete key", "⋯ New secret"],
    ],
    [
      "and not resumed yet",
      PAUSES.resuming,
      [
        "⏸️ Being resumed · deploy",
        "Tigris has not said yet whether it works again. If that stays so, press Resume again.",
      ],
      ["Resume", "Pause", "Delete key", "⋯ New secret"],
    ],
  ])("%s", (_what, pause, lines, buttons) => {
    const blocks = card(pausedBy(KEYS.live, pause));
    expect(rowsOf(blocks)).toEqual(lines);
    expect(linesOf(blocks).at(-1)).toContain("deploy-K7QM2XAB · tid_one");
    expect(labelsOf(blocks)).toEqual(buttons);
  });

  test("whose secret nobody holds says so", () => {
    const blocks = card(pausedBy(KEYS.secret_unknown, PAUSES.paused));
    expect(rowsOf(blocks)[1]).toBe("Nobody holds its secret.");
    expect(labelsOf(blocks)).toContain("⋯ New secret");
  });

  test.each<KeyKind>(["off", "switching_on", "rotating"])("that is %s has no new secret meanwhile", (kind) => {
    const blocks = card(pausedBy(KEYS[kind], PAUSES.paused), kind === "off" ? delivered() : REQUESTS.made);
    expect(rowsOf(blocks)[0]).toBe(`⏸️ Paused by you [4]${NOWHERE}`);
    expect(labelsOf(blocks)).toEqual(["Resume", "Delete key"]);
  });

  test.each<KeyKind>(["deleting", "deleted"])("that is %s is on its way out, and nothing else", (kind) => {
    const blocks = card(pausedBy(KEYS[kind], PAUSES.paused));
    expect(rowsOf(blocks)).toEqual(rowsOf(card(KEYS[kind])));
    expect(labelsOf(blocks)).toEqual(kind === "deleted" ? ["Create again"] : []);
  });
});

describe("the card of a request for a resume", () => {
  const asked = {
    kind: "resume",
    accessKeyId: "tid_one",
    keyName: "deploy",
    access: REQUESTS.made.asked.access,
  } as const;
  const resume = (kind: keyof typeof REQUESTS): Request => ({
    ...REQUESTS[kind],
    id: "request-2",
    asked: { ...asked, endpoint: "Default" },
  });
  const TITLE = "Resume of the Admin key deploy";
  const paused = pausedBy(KEYS.live, PAUSES.paused);

  test.each<[keyof typeof REQUESTS, string, string[]]>([
    ["pending", `⏳ Waiting for @SAPPROVE · ${TITLE}`, ["Remind", "Cancel request"]],
    ["approved", `✅ Ready · ${TITLE}`, ["Resume", "Cancel"]],
    ["made", "🔑 Resumed · Admin key deploy", []],
    ["denied", `Denied by @UANN · ${TITLE}`, ["Ask again"]],
  ])("that is %s", (kind, said, buttons) => {
    const blocks = card(paused, resume(kind));
    expect(rowsOf(blocks)[0]).toBe(said);
    expect(labelsOf(blocks)).toEqual(buttons);
    for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-2");
  });

  test("that lapsed since its key is gone says so", () => {
    const lapsed = {
      ...resume("lapsed"),
      state: { kind: "lapsed", why: "key_gone", approval: BY_ANN, at: 1 } as const,
    };
    expect(rowsOf(card(KEYS.deleted, lapsed))[0]).toBe(`Lapsed · ${TITLE}: the key was deleted by @UANN.`);
  });
});
