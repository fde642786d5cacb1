import { newEnd } from "../../src/domain/key-end";
import { isKeyOver } from "../../src/domain/key-over";

const AT = 1_000_000_000;
const HOUR = 3_600_000;

test.each<[string, number | null, boolean]>([
  ["without an end", null, false],
  ["whose end is to come", AT + 1, false],
  ["whose end has come", AT, true],
  ["whose end is the latest that there is", AT + 24 * HOUR, false],
  ["whose end is further ahead than it can be, since the clock went back", AT + 25 * HOUR, true],
])("a key %s is over: %#", (_what, at, over) => {
  expect(isKeyOver({ end: at === null ? null : newEnd(at, 0, true) }, AT)).toBe(over);
});

test("an end that can be moved is never over before the moment that was told, whatever the clock does", () => {
  expect(isKeyOver({ end: newEnd(AT + 90 * 24 * HOUR, AT + HOUR) }, AT)).toBe(false);
  expect(isKeyOver({ end: newEnd(AT, AT - HOUR) }, AT)).toBe(true);
});
