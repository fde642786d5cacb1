import type { LessAccess } from "../../src/domain/narrow";
import type { Policy } from "../../src/domain/policy/rule";
import type { Looked, Vote } from "../../src/domain/policy/votes";
import { isIn, type Pending, type Request } from "../../src/domain/request";
import { type Ballot, castVote, goBack } from "../../src/domain/vote-steps";
import { editorOn, people, rule, TEAMS } from "./policy/teams";
import { approvalBy, lookedAt, PENDING, REQUESTS, requestIn, SECRETS, voteOf } from "./samples";

const AT = 5_000;

function waiting(access = editorOn("prod-data"), changes: Partial<Pending> = {}): Request<Pending> {
  return requestIn({ ...PENDING, ...changes }, { asked: { ...REQUESTS.pending.asked, access } as Request["asked"] });
}

/** Somebody's yes by the policy of the teams, where everybody who said yes before was looked at. */
function yes(request: Request, approverId: string, changes: Partial<Ballot> = {}) {
  const votes = isIn(request, "pending") ? request.state.votes : [];
  return castVote(request, {
    approverId,
    at: AT,
    actor: lookedAt(approverId),
    voters: new Map(votes.map((vote): [string, Looked] => [vote.approverId, lookedAt(vote.approverId)])),
    requesterIds: ["UDEV"],
    less: null,
    policy: TEAMS,
    revealTtlMs: 700,
    ...changes,
  });
}

const voted = (access: Parameters<typeof waiting>[0], ...votes: Vote[]) => waiting(access, { votes });
const by = (step: ReturnType<typeof yes>) =>
  "to" in step && "votes" in step.to
    ? step.to.votes
    : "to" in step && "approval" in step.to && step.to.approval.by.kind === "people"
      ? step.to.approval.by.votes
      : null;

test("at count 2 the first yes waits, and the second by somebody else approves", () => {
  const first = yes(waiting(), "UANN");
  expect(first).toMatchObject({ event: "request.voted", to: { kind: "pending", lapsesAt: 10_000 } });
  expect(by(first)).toEqual([voteOf("UANN", AT, ["production data"])]);
  const second = yes(voted(editorOn("prod-data"), voteOf("UANN")), "UBOB");
  expect(second).toMatchObject({
    event: "request.approved",
    to: {
      kind: "approved",
      lapsesAt: AT + 700,
      approval: { ruling: { rules: ["production data"] }, isAnew: false },
    },
  });
  expect(by(second)?.map(({ approverId }) => approverId)).toEqual(["UANN", "UBOB"]);
});

test.each<[string, string, Partial<Ballot>, string]>([
  ["by the same person", "UANN", {}, "already_voted"],
  ["by the same person under another id", "WANN", { actor: lookedAt("WANN", "UANN") }, "already_voted"],
  ["by somebody whom no rule names", "UEVE", {}, "not_decider"],
  ["by somebody of another rule", "USEC", {}, "not_decider"],
])("a second yes %s is refused", (_what, approverId, changes, code) => {
  expect(yes(voted(editorOn("prod-data"), voteOf("UANN")), approverId, changes)).toMatchObject({ code });
});

test("a voter who is named no more does not count, and is taken off", () => {
  const lost = { voters: new Map([["UANN", { ...lookedAt("UANN"), isAmong: () => false }]]) };
  const step = yes(voted(editorOn("prod-data"), voteOf("UANN")), "UBOB", lost);
  expect(step).toMatchObject({ event: "request.voted" });
  expect(by(step)?.map(({ approverId }) => approverId)).toEqual(["UBOB"]);
});

test("a voter who was not looked at neither counts nor is lost: it is decided again", () => {
  const unseen = { voters: new Map() };
  expect(yes(voted(editorOn("prod-data"), voteOf("UANN")), "UBOB", unseen)).toMatchObject({
    code: "somebody_was_faster",
  });
});

test("two ids of one person are one yes", () => {
  const request = voted(editorOn("prod-data"), voteOf("UANN"), voteOf("WANN"));
  const both = { ids: ["UANN", "WANN"], isAmong: () => true };
  const step = yes(request, "UEVE", {
    voters: new Map([
      ["UANN", both],
      ["WANN", both],
    ]),
  });
  expect(step).toMatchObject({ code: "not_decider" });
  const one = yes(voted(editorOn("prod-data"), voteOf("UANN")), "UBOB", {
    voters: new Map([["UANN", { ids: ["UANN", "UBOB"], isAmong: () => true }]]),
  });
  expect(one).toMatchObject({ event: "request.voted" });
});

test("nobody's own yes counts, under whichever id they ask", () => {
  const step = yes(voted(editorOn("prod-data"), voteOf("UANN")), "UBOB", { requesterIds: ["UDEV", "UBOB"] });
  expect(step).toMatchObject({ event: "request.voted" });
});

test("one yes counts for each rule that names its giver, and every rule has to have its own", () => {
  const access = editorOn("prod-data", "logs-app", "other");
  const first = yes(waiting(access), "UCAL");
  expect(by(first)).toEqual([voteOf("UCAL", AT, ["production data", "logs"])]);
  expect(yes(voted(access, voteOf("UCAL")), "UANN")).toMatchObject({ event: "request.approved" });
  expect(yes(voted(access, voteOf("UANN")), "UBOB")).toMatchObject({ event: "request.voted" });
  expect(yes(voted(access, voteOf("UANN"), voteOf("UBOB")), "UDORA")).toMatchObject({ event: "request.approved" });
});

describe("with less", () => {
  const admin = { permission: "Admin", buckets: { kind: "all" } } as const;
  const less = (...names: string[]): LessAccess => ({ permission: "Editor", buckets: { kind: "named", names } });

  test("the request is narrowed, and whoever said yes to more has said yes to less", () => {
    const first = yes(waiting(admin), "UANN");
    expect(first).toMatchObject({ to: { kind: "pending", narrowed: null } });
    const step = yes(voted(admin, voteOf("UANN")), "USEC", { less: less("prod-data") });
    // Security may narrow it, and only the storage team decides about production.
    expect(step).toMatchObject({ to: { kind: "pending", narrowed: less("prod-data") } });
    expect(by(step)).toEqual([voteOf("UANN", 1_500, ["production data"]), voteOf("USEC", AT, [])]);
    const narrowed = waiting(admin, { votes: by(step) ?? [], narrowed: less("prod-data") });
    expect(yes(narrowed, "UBOB")).toMatchObject({
      to: { kind: "approved", approval: { by: { access: less("prod-data") } } },
    });
  });

  test("what nobody has to decide is approved by whoever narrowed it", () => {
    expect(yes(waiting(admin), "UANN", { less: less("builds") })).toMatchObject({
      to: { kind: "approved", approval: { by: { access: less("builds") }, ruling: { rules: ["everything else"] } } },
    });
  });

  test("others may decide after the while that the rules for less say", () => {
    const escalate = { afterMs: 9_000, to: people("UBOSS") };
    const [first, ...others] = TEAMS.rules;
    const policy = { ...TEAMS, rules: [...(first ? [{ ...first, escalate }] : []), ...others] };
    const step = yes(waiting(admin), "UANN", { less: less("prod-data"), policy });
    expect(step).toMatchObject({ to: { kind: "pending", escalatesAt: 10_000 } });
  });

  test("nothing is narrowed to what no rule fits, by whom no rule names, nor to more", () => {
    const without: Policy = { ...TEAMS, rules: TEAMS.rules.slice(0, 3) };
    expect(yes(waiting(admin), "UANN", { less: less("builds"), policy: without })).toMatchObject({
      code: "no_rule",
      about: { buckets: ["builds"], instead: { buckets: ["prod-*", "logs-*"] } },
    });
    expect(yes(waiting(admin), "UBOB", { less: less("builds") })).toMatchObject({ code: "not_decider" });
    expect(
      yes(waiting(admin, { narrowed: less("builds") }), "UANN", { less: less("builds", "logs-app") }),
    ).toMatchObject({ code: "not_less" });
  });
});

test("what has no rule by now, or needs nobody, is nobody's to approve", () => {
  expect(yes(waiting(), "UANN", { policy: { ...TEAMS, rules: [] } })).toMatchObject({ code: "nobody_decides" });
  expect(yes(waiting(editorOn("builds")), "UANN")).toMatchObject({ code: "nobody_decides" });
});

describe("what needs more than it has", () => {
  const lost = {
    why: { kind: "approver_lost", approverId: "UANN" } as const,
    votes: [voteOf("UBOB")],
    rules: TEAMS.rules.slice(0, 1),
    at: AT,
    requestTtlMs: 9_000,
  };
  const USABLE = { approval: approvalBy(["UANN", "UBOB"]), lapsesAt: 10_000, isExtended: true };
  const asked = { ...REQUESTS.pending.asked, access: editorOn("prod-data") } as Request["asked"];
  const approved = requestIn({ kind: "approved", ...USABLE, failure: null }, { asked });
  const KEY = { accessKeyId: "tid_one", at: 2_000, refusal: { tigrisCode: "AccessDenied", at: 3_000 } };
  const delivered = requestIn({ kind: "delivered", ...USABLE, ...KEY, named: "last" }, { asked });

  test("waits again with the votes that count, for a whole time, and is asked about anew", () => {
    expect(goBack(approved, lost)).toMatchObject({
      event: "request.waits_again",
      to: {
        kind: "pending",
        lapsesAt: AT + 9_000,
        reminded: "not_yet",
        askedAgainAt: null,
        votes: [voteOf("UBOB")],
        back: { why: lost.why, at: AT, held: null },
      },
    });
  });

  test("keeps its key, which is what it was once it is approved again", () => {
    const { to } = goBack(delivered, lost);
    if (to.kind !== "pending") throw new Error("it waits");
    expect(to.back?.held).toEqual(KEY);
    const again = yes(requestIn(to, { asked }), "UCAL");
    expect(again).toMatchObject({
      event: "request.approved",
      to: { kind: "delivered", ...KEY, lapsesAt: AT + 700, isExtended: false, approval: { isAnew: true } },
    });
  });

  test("does so once: a second time it lapses", () => {
    const anew = requestIn({ ...approved.state, approval: { ...USABLE.approval, isAnew: true } }, { asked });
    expect(goBack(anew, lost)).toMatchObject({ to: { kind: "lapsed", why: "approver_lost" } });
  });

  test("keeps what it was narrowed to", () => {
    const less: LessAccess = { permission: "ReadOnly", buckets: { kind: "named", names: ["prod-data"] } };
    const request = requestIn({ ...approved.state, approval: approvalBy(["UANN"], less) }, { asked });
    expect(goBack(request, lost)).toMatchObject({ to: { narrowed: less } });
  });
});

test("after a while others decide too, and not before", () => {
  const escalate = { afterMs: 3_000, to: people("UBOSS") };
  const policy = { ...TEAMS, rules: [rule("slow", { decide: { people: people("UANN"), count: 1 }, escalate })] };
  expect(yes(waiting(), "UBOSS", { policy, at: 3_999 })).toMatchObject({ code: "not_decider" });
  expect(yes(waiting(), "UBOSS", { policy, at: 4_000 })).toMatchObject({ event: "request.approved" });
});

test("a new secret is decided as its key is", () => {
  expect(yes(SECRETS.pending, "UANN")).toMatchObject({ event: "request.voted" });
});
