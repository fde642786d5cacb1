import { newReview, type Review } from "../../src/domain/review";
import { decideAsking, decideReview } from "../../src/workflow/review";
import { NO_CHANGE } from "../../src/workflow/step";
import { REQUESTS } from "../domain/samples";
import { NOW, recorded } from "./samples";

const DAY = 86_400_000;
const OPEN = newReview("C2", NOW);
const lookedBy = (...ids: string[]): Review => ({ ...OPEN, by: ids.map((reviewerId) => ({ reviewerId, at: NOW })) });
const CLOSED: Review = { ...lookedBy("UANN", "UBOB"), asksAt: null };
const recordOf = (review: Review | null, request = REQUESTS.made) => recorded({ request: { ...request, review } });

describe("asking", () => {
  const ask = (review: Review | null, userIds = ["UANN", "UBOB"], at = NOW) =>
    decideAsking(recordOf(review), userIds, at);

  test("each of them is asked in the step that notes it, and the request stays as it is", () => {
    expect(ask(OPEN)).toEqual({
      kind: "step",
      actorId: "bot",
      request: {
        to: REQUESTS.made.state,
        review: { ...OPEN, asksAt: NOW + DAY, asked: 1 },
        event: "review.asked",
        outcome: "2 people",
      },
      tell: ["UANN", "UBOB"].map((userId) => ({
        kind: "review_question",
        requestId: "request-1",
        userId,
        isLate: false,
      })),
    });
  });

  test("from the second time on they read that it is late", () => {
    const late = ask({ ...OPEN, asked: 1, asksAt: NOW }, ["UBOB"]);
    expect(late).toMatchObject({ tell: [{ userId: "UBOB", isLate: true }] });
  });

  test("where nobody can be asked it is noted, and comes again", () => {
    expect(ask(OPEN, [])).toMatchObject({ request: { outcome: "0 people", review: { asksAt: NOW + DAY } }, tell: [] });
  });

  test.each<[string, Review | null]>([
    ["what nobody broke", null],
    ["what is closed", CLOSED],
    ["what another bot has asked just now", { ...OPEN, asksAt: NOW + DAY, asked: 1 }],
  ])("nobody is asked about %s", (_what, review) => {
    expect(ask(review)).toBe(NO_CHANGE);
  });

  test("nobody is asked about what is gone", () => {
    expect(decideAsking(recorded({}), ["UANN"], NOW)).toBe(NO_CHANGE);
  });
});

describe("a look", () => {
  const look = (review: Review | null, ...ids: string[]) =>
    decideReview(recordOf(review), { actor: { ids }, at: NOW + 5 });

  test("is noted by whoever clicked, and leaves the request as it is", () => {
    const review = { ...OPEN, by: [{ reviewerId: "UANN", at: NOW + 5 }] };
    expect(look(OPEN, "UANN", "WANN")).toEqual({
      kind: "step",
      actorId: "UANN",
      request: { to: REQUESTS.made.state, review, event: "review.looked", outcome: "1 of 2" },
      say: { kind: "done", code: "reviewed", about: { keyName: "deploy", requesterId: "UDEV", left: 1 } },
    });
  });

  test("of a second one closes it", () => {
    expect(look(lookedBy("UANN"), "UBOB")).toMatchObject({
      actorId: "UBOB",
      request: { event: "review.closed", outcome: "2 of 2", review: { asksAt: null } },
      say: { about: { left: 0 } },
    });
  });

  test.each(Object.values(REQUESTS))("counts whatever became of the request: $state.kind", (request) => {
    const step = decideReview(recordOf(OPEN, request), { actor: { ids: ["UANN"] }, at: NOW });
    expect(step).toMatchObject({ request: { to: request.state } });
  });

  test.each([
    ["own_request", OPEN, ["UDEV"]],
    ["own_request", OPEN, ["WDEV", "UDEV"]],
    ["reviewed_by_you", lookedBy("UANN"), ["WANN", "UANN"]],
    ["already_reviewed", CLOSED, ["UEVE"]],
    ["unknown_request", null, ["UANN"]],
  ])("is refused: %s", (code, review, ids) => {
    expect(look(review, ...ids)).toMatchObject({ kind: "refused", code });
  });

  test("at what is gone is refused", () => {
    const gone = decideReview(recorded({}), { actor: { ids: ["UANN"] }, at: NOW });
    expect(gone).toMatchObject({ kind: "refused", code: "unknown_request" });
  });
});
