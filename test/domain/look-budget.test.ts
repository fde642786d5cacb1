import fc from "fast-check";
import { evenAfterLook, type LookPurpose, lookLimitOf, pauseBeforeLook } from "../../src/domain/look-budget";

const MINUTE = 60_000;
const limit = lookLimitOf(90);

/** How many looks of a purpose may happen at a moment, after all that were there before. */
function possible(purpose: LookPurpose, evenAt: number, at: number): { looks: number; evenAt: number } {
  let after = evenAt;
  let looks = 0;
  for (; pauseBeforeLook(after, { limit, purpose, at }) === 0; looks++) after = evenAfterLook(after, { limit, at });
  return { looks, evenAt: after };
}

test("at first as many happen at once as half a minute has; options leave half of them, forms a quarter", () => {
  expect(limit).toEqual({ atOnce: 45, everyMs: 1_334 });
  expect(possible("options", Number.NEGATIVE_INFINITY, 0).looks).toBe(22);
  expect(possible("form", Number.NEGATIVE_INFINITY, 0).looks).toBe(33);
  expect(possible("decision", Number.NEGATIVE_INFINITY, 0).looks).toBe(45);
});

test("what options leave is for forms and decisions, what forms leave for decisions alone", () => {
  const options = possible("options", 0, 1_000);
  const forms = possible("form", options.evenAt, 1_000);
  const decisions = possible("decision", forms.evenAt, 1_000);
  expect([options.looks, forms.looks, decisions.looks]).toEqual([22, 11, 12]);
  expect(possible("form", decisions.evenAt, 1_000).looks).toBe(0);
});

test("a decision waits for one look to come back, options for more than that", () => {
  const { evenAt } = possible("decision", 0, 1_000);
  expect(pauseBeforeLook(evenAt, { limit, purpose: "decision", at: 1_000 })).toBe(1_334);
  expect(pauseBeforeLook(evenAt, { limit, purpose: "decision", at: 2_334 })).toBe(0);
  expect(pauseBeforeLook(evenAt, { limit, purpose: "options", at: 2_334 })).toBe(23 * 1_334);
});

test.each([20, 21, 90, 1_000])("however %i looks a minute are asked for, no minute sees more", (perMinute) => {
  const purpose = fc.constantFrom<LookPurpose>("decision", "form", "options");
  const asked = fc.array(fc.tuple(purpose, fc.nat(3_000)), { minLength: 3 * Math.min(perMinute, 100) });
  const own = lookLimitOf(perMinute);
  const check = (each: [LookPurpose, number][]) => {
    const looks: number[] = [];
    let evenAt = Number.NEGATIVE_INFINITY;
    let at = 0;
    for (const [one, gap] of each) {
      at += gap % Math.ceil(MINUTE / perMinute);
      if (pauseBeforeLook(evenAt, { limit: own, purpose: one, at }) > 0) continue;
      evenAt = evenAfterLook(evenAt, { limit: own, at });
      looks.push(at);
      expect(looks.filter((look) => at - look < MINUTE).length).toBeLessThanOrEqual(perMinute);
    }
  };
  fc.assert(fc.property(asked, check), { numRuns: 30 });
});
