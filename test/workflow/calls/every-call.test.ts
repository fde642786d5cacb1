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
  const { after, late } = call;

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
      const isGiven = call.power === "gives" && ["made", "rotated", "changed"].includes(decided.answer.kind);
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
    const isGivenUp = (decided: Decided) => ["ambiguous", "raised"].includes(attemptAfter(decided).work.phase);
    always(after, (decided) => !isGivenUp(decided) || decided.step.alert !== undefined);
  });

  // What follows an answer that was told, or no click, has nobody to tell.
  if (!["search", "look-before-drop", "watch-pause", "watch-access", "list-made"].includes(call.name))
    test("whoever clicked hears how it went, unless the next call says it", () => {
      const isHeard = (decided: Decided) => decided.step.say !== undefined || isInterrupted(decided);
      always(after, (decided) => isHeard(decided) || goesOn(decided));
      always(late, isHeard);
    });
});

const giving = CALLS.filter(({ power }) => power === "gives");

test("making, showing, switching on and resuming give power; nothing else is called only once", () => {
  expect(giving.map(({ name }) => name)).toEqual([
    "create-key",
    "deliver-key",
    "switch-on",
    "give-roles",
    "set-active",
    "widen-access",
    "rotate-key",
    "deliver-new-secret",
  ]);
});

describe.each(CALLS)("$name, and what it may change of a key", ({ name, after, late }) => {
  test("no call but that of a click's own key is answered by a key that counts as on for the first time", () => {
    const turnsOn = ({ held, step }: Decided) =>
      step.key?.to.kind === "live" && (held.key?.state.kind === "off" || held.key?.state.kind === "switching_on");
    const mayTurnOn = ["switch-on", "look-at-switch"].includes(name);
    always(after, (decided) => !turnsOn(decided) || mayTurnOn);
    always(late, (decided) => !turnsOn(decided) || name === "switch-on");
  });

  test("no answer lifts a hold, nor adds one", () => {
    const isKept = ({ held, step }: Decided) =>
      step.key?.pause === undefined || same(step.key.pause.holds, held.key?.pause.holds ?? []);
    always(after, isKept);
    always(late, isKept);
  });

  test("a key that is held works again by no answer", () => {
    always(after, ({ held, step }) => {
      const before = held.key?.pause;
      const after = step.key?.pause;
      if (!before || !after || before.holds.length === 0) return true;
      return after.stands === before.stands || ["pausing", "paused"].includes(after.stands);
    });
  });

  test("what the bot deletes by itself was off until then, or was never on record", () => {
    always(after, ({ held, step }) => {
      const to = step.key?.to ?? step.newKey?.state;
      if (to?.kind !== "deleting" || to.byId !== null) return true;
      const before = held.key?.state.kind ?? "not recorded";
      return ["off", "switching_on", "not recorded"].includes(before);
    });
  });
});

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
