import type { Delivered } from "../../src/domain/request";
import { stillOffAt } from "../../src/domain/still-off";
import { BY_ANN } from "./samples";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT = 1_000_000;

const delivered = (leftMs: number, named: Delivered["named"]): Delivered => ({
  kind: "delivered",
  accessKeyId: "tid_one",
  at: AT,
  approval: BY_ANN,
  lapsesAt: AT + leftMs,
  isExtended: false,
  refusal: null,
  named,
});

test.each<[string, left: number, named: Delivered["named"], after: number | null]>([
  ["with a day left, ten minutes after it was delivered", 24 * HOUR, "not_yet", 10 * MINUTE],
  ["then an hour before it goes", 24 * HOUR, "first", 23 * HOUR],
  ["then no more", 24 * HOUR, "last", null],
  ["with an hour left, ten minutes after it was delivered", HOUR, "not_yet", 10 * MINUTE],
  ["and then no more: that hour began before", HOUR, "first", null],
  ["with 70 minutes left, once", 70 * MINUTE, "first", null],
  ["with a moment more left, twice", 70 * MINUTE + 1, "first", 10 * MINUTE + 1],
  ["with ten minutes left, never: it goes then", 10 * MINUTE, "not_yet", null],
  ["with a moment more than ten minutes left, once", 10 * MINUTE + 1, "not_yet", 10 * MINUTE],
])("a key that is off is named %s", (_what, left, named, after) => {
  expect(stillOffAt(delivered(left, named))).toBe(after === null ? null : AT + after);
});
