import type { Key, KeyState } from "../../../src/domain/key";
import type { Request } from "../../../src/domain/request";
import { requesterCard } from "../../../src/slack/requester-card/view";
import { keyIn, REQUESTS } from "../../domain/samples";
import { KEYS } from "../../workflow/keys";
import { buttonsOf, labelsOf, linesOf, objectsIn } from "../reading";

const approvers = { users: ["UBOB"], groups: ["SAPPROVE"] };
const card = (request: Request, key: Key | null) => requesterCard({ request, key, approvers, waited: approvers });

const DASHBOARD = "[In the Dashboard](https://console.storage.dev/): deploy-K7QM2XAB · tid_one";
const WAS = "In the Dashboard it was: deploy-K7QM2XAB · tid_one";
const WHERE = " · ref K7QM2XAB";
const AGAIN = ["Create again"];

const STATES: [KeyState, string[], string[]][] = [
  [
    { kind: "live", secret: { kind: "unconfirmed", cover: null } },
    [
      "🔑 On · deploy · Admin on the whole organization",
      "Secret didn't appear? Press New secret: the lost one stops working.",
      `${DASHBOARD} · made [2] · secret not confirmed yet${WHERE}`,
    ],
    ["I've saved it", "New secret", "Pause", "⋯ Delete key"],
  ],
  [
    { kind: "live", secret: { kind: "confirmed", at: 4_000 } },
    ["🔑 On · deploy · Admin on the whole organization", `${DASHBOARD} · secret saved [4]${WHERE}`],
    ["New secret", "Rotate", "Change access", "Pause", "⋯ Delete key"],
  ],
  [
    { kind: "rotating", before: { kind: "secret_unknown", at: 4_000, cover: null } },
    [
      "⏳ Getting a new secret · deploy · Admin on the whole organization",
      "It appears here in a moment.",
      DASHBOARD + WHERE,
    ],
    ["Pause", "⋯ Delete key"],
  ],
  [
    { kind: "secret_unknown", at: 4_000, cover: null },
    [
      "⚠️ Nobody holds the secret of deploy. The old one has probably stopped working.",
      "Get a new one, or delete the key.",
      DASHBOARD + WHERE,
    ],
    ["New secret", "Delete key", "⋯ Pause"],
  ],
  [
    { kind: "switching_on", at: 3_000, until: 9_000, shownAt: 2_500, isUnanswered: false },
    ["⏳ Being switched on · deploy · Admin on the whole organization", `${DASHBOARD} · on [9] at the latest${WHERE}`],
    ["I've saved it: switch on", "Pause", "⋯ Delete key"],
  ],
  [
    { kind: "switching_on", at: 3_000, until: 9_000, shownAt: 2_500, isUnanswered: true },
    [
      "⏳ Being switched on · deploy · Admin on the whole organization",
      "Tigris has not said whether it is on. Press I've saved it: switch on again.",
      `${DASHBOARD} · on [9] at the latest${WHERE}`,
    ],
    ["I've saved it: switch on", "Pause", "⋯ Delete key"],
  ],
  [
    { kind: "off", shownAt: null },
    ["⏳ Being made · deploy · Admin on the whole organization", "Its secret appears here in a moment."],
    [],
  ],
  [
    { kind: "deleting", byId: null, why: "never_on", at: 4_000 },
    ["⏳ Being deleted [4] · deploy: it was never on.", DASHBOARD + WHERE],
    [],
  ],
  [
    { kind: "deleted", byId: null, why: "never_on", at: 4_000 },
    ["Deleted [4] · deploy was never on.", WAS + WHERE],
    AGAIN,
  ],
  [
    { kind: "deleting", byId: "UANN", why: "asked", at: 4_000 },
    ["⏳ Being deleted by @UANN [4] · deploy.", DASHBOARD + WHERE],
    [],
  ],
  [
    { kind: "deleted", byId: "UANN", why: "asked", at: 4_000 },
    ["Deleted by @UANN [4] · deploy. Programs that used it have lost access.", WAS + WHERE],
    AGAIN,
  ],
  [
    { kind: "deleted", byId: "UDEV", why: "asked", at: 4_000 },
    ["Deleted by you [4] · deploy. Programs that used it have lost access.", WAS + WHERE],
    AGAIN,
  ],
  [
    { kind: "deleted", byId: null, why: "gone", at: 4_000 },
    ["Deleted [4] · deploy no longer exists in Tigris, which was noticed then.", WAS + WHERE],
    AGAIN,
  ],
];

test.each(STATES)("the key's card: %j", (state, lines, buttons) => {
  const { blocks } = card(REQUESTS.made, keyIn(state));
  expect(linesOf(blocks)).toEqual(lines);
  expect(labelsOf(blocks)).toEqual(buttons);
});

test("a new secret, a pause and a deletion ask first, in a menu too, and say that programs stop at once", () => {
  for (const kind of ["live", "secret_unknown"] as const) {
    const asks = objectsIn(card(REQUESTS.made, KEYS[kind]).blocks).filter(
      ({ confirm, type }) => type !== undefined && confirm !== undefined,
    );
    expect(asks).toHaveLength(3);
    for (const { confirm } of asks)
      expect(JSON.stringify(confirm)).toMatch(/deploy\?.*Programs that use it stop working at once\./);
  }
  const pause = buttonsOf(card(REQUESTS.made, KEYS.live).blocks).find(({ label }) => label === "Pause");
  expect(pause?.asks).toContain("Resume lets them work again, with the same secret.");
  const [, deletion] = buttonsOf(card(REQUESTS.made, KEYS.secret_unknown).blocks);
  expect(deletion?.asks).toContain("This can't be undone; Pause can.");
});

test("a card has one primary button at most", () => {
  const cards = [
    ...Object.values(REQUESTS).map((request) => card(request, null)),
    ...STATES.map(([state]) => card(REQUESTS.made, keyIn(state))),
  ];
  for (const { blocks } of cards)
    expect(buttonsOf(blocks).filter(({ style }) => style === "primary").length).toBeLessThanOrEqual(1);
});
