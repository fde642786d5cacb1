import fc, { type Arbitrary } from "fast-check";
import { type Attempt, renewLease } from "../../../src/domain/attempt";
import { NOW } from "../samples";
import { CALLS, type Decided, nextCall } from "./every-call";

/** The attempt as a step leaves it. A step that says nothing of it leaves it open, under the lease that it had. */
const attemptAfter = ({ held, step }: Decided): Attempt => step.attempt?.to ?? held.attempt;
const callAfter = (decided: Decided) => nextCall(attemptAfter(decided));
const isPutOff = (decided: Decided) => callAfter(decided) !== null && attemptAfter(decided).lease.until === 0;
const goesOn = (decided: Decided) => callAfter(decided) !== null && !isPutOff(decided);
const isInterrupted = ({ answer }: Decided) => answer.kind === "interrupted";

function always(decisions: Arbitrary<Decided>, rule: (decided: Decided) => boolean): void {
  fc.assert(fc.property(decisions, rule));
}

describe.each(CALLS)("$name, whatever the answer", (call) => {
  const { after, late, isOrphan } = call;

  test("whoever lost the attempt writes nothing of it, nor of its request, and asks nobody to look", () => {
    always(late, ({ step: { attempt, request, newKey, newRequest, alert } }) =>
      [attempt, request, newKey, newRequest, alert].every((written) => written === undefined),
    );
  });

  test("an attempt that goes on does so under a new lease", () => {
    always(after, (decided) => {
      const { lease } = attemptAfter(decided);
      return !goesOn(decided) || lease.until === renewLease(decided.held.attempt, NOW).lease.until;
    });
  });

  test("whoever had the lease has it still, until it is given up or the attempt is closed", () => {
    always(after, (decided) => attemptAfter(decided).lease.holder === decided.held.attempt.lease.holder);
  });

  test("only what may be repeated is put off, to a later moment", () => {
    always(after, (decided) => {
      const isLater = attemptAfter(decided).nextAt > NOW && callAfter(decided)?.power !== "gives";
      return !isPutOff(decided) || isLater;
    });
  });

  test("no call leads to itself, unless it is put off", () => {
    always(after, (decided) => !(goesOn(decided) && callAfter(decided) === call));
  });

  test("power is given only next to the answer that has just given it", () => {
    always(after, (decided) => {
      const isGiven = call.power === "gives" && ["made", "rotated"].includes(decided.answer.kind);
      return callAfter(decided)?.power !== "gives" || isGiven;
    });
  });

  test("after a crash nothing gives power any more", () => {
    always(after.filter(isInterrupted), (decided) => callAfter(decided)?.power !== "gives");
  });

  test("an attempt stays who it is: whose, since when, of which kind", () => {
    always(after, (decided) => {
      const who = ({ id, requestId, actorId, startedAt, work }: Attempt) =>
        [id, requestId, actorId, startedAt, work.kind].join();
      return who(attemptAfter(decided)) === who(decided.held.attempt);
    });
  });

  test("people who are asked to look are asked once: the attempt remembers it", () => {
    always(after, (decided) => {
      const isFirst = attemptAfter(decided).alerted && (!decided.held.attempt.alerted || callAfter(decided) === null);
      return decided.step.alert === undefined || isFirst;
    });
  });

  test("an attempt that is given up to people tells them at once", () => {
    always(after, (decided) => attemptAfter(decided).work.phase !== "ambiguous" || decided.step.alert !== undefined);
  });

  // A search follows an answer that was told.
  if (call.name !== "search")
    test("whoever clicked hears how it went, unless the next call says it", () => {
      const isHeard = (decided: Decided) => decided.step.say !== undefined || isInterrupted(decided);
      always(after, (decided) => isHeard(decided) || goesOn(decided));
      always(late, (decided) => isHeard(decided) || isOrphan(decided.answer));
    });
});

test("making and showing give power; nothing else is called only once", () => {
  const giving = CALLS.filter(({ power }) => power === "gives").map(({ name }) => name);
  expect(giving).toEqual(["create-key", "deliver-key", "rotate-key", "deliver-new-secret"]);
});
