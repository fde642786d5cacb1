import { NO_CHANGE } from "../../src/workflow/step";
import { decideNotPosted } from "../../src/workflow/tell-not-posted";
import { REQUESTS } from "../domain/samples";
import { recorded } from "./samples";

const FAILED = { channelId: "C1", slackCode: "restricted_action" };
const NOWHERE = { dmChannelId: "D1", requester: null, approvals: null, review: null };

const decide = (
  request: (typeof REQUESTS)[keyof typeof REQUESTS] | null,
  facts: Partial<Parameters<typeof decideNotPosted>[1]> = {},
) => decideNotPosted(recorded({ request }), { isTold: false, cards: NOWHERE, ...FAILED, ...facts });

test("whoever waits is told, with the reason, and it is an event", () => {
  const { requesterId, reference } = REQUESTS.pending;
  const about = { keyName: "deploy", reference, ...FAILED };
  expect(decide(REQUESTS.pending)).toEqual({
    kind: "step",
    actorId: "bot",
    events: [{ name: "request.not_posted", actorId: "bot", outcome: "restricted_action" }],
    tell: [{ kind: "notice", userId: requesterId, notice: { code: "not_posted", about } }],
  });
});

test("nobody is told twice, of a card that stands there, or of a request that is gone", () => {
  expect(decide(REQUESTS.pending, { isTold: true })).toBe(NO_CHANGE);
  expect(
    decide(REQUESTS.pending, { cards: { ...NOWHERE, approvals: { channelId: "C1", ts: "1.2" }, review: null } }),
  ).toBe(NO_CHANGE);
  expect(decide(null)).toBe(NO_CHANGE);
});

test("a card in another channel than the approvers' is none that they read", () => {
  const left = { ...NOWHERE, approvals: { channelId: "C0", ts: "1.2" }, review: null };
  expect(decide(REQUESTS.pending, { cards: left })).toMatchObject({ tell: [{ kind: "notice" }] });
});

test.each(Object.values(REQUESTS).filter(({ state }) => state.kind !== "pending"))(
  "nobody waits for what is $state.kind",
  (request) => expect(decide(request)).toBe(NO_CHANGE),
);
