import { decideLoad, type LoadDecision, type LoadedBy, type OnLoad } from "../../../src/domain/policy/load";

const RECORD: OnLoad = { inForce: "old", seen: "old", wasReplaced: false };

test.each<[string, LoadedBy, Partial<OnLoad>, LoadDecision]>([
  ["a new file at a start", "start", {}, "load"],
  ["a new file by the signal", "sighup", {}, "load"],
  ["the first file of all", "start", { inForce: null, seen: null }, "load"],
  ["the one in force", "start", { inForce: "file", seen: "file" }, "in_force"],
  ["the one that another process has put in force meanwhile", "start", { inForce: "file", seen: "old" }, "in_force"],
  ["a file that was replaced, at a start", "start", { wasReplaced: true }, "replaced"],
  ["a file that was replaced, by the signal", "sighup", { wasReplaced: true }, "load"],
  ["where another one came in between, at a start", "start", { seen: "older" }, "overtaken"],
  ["where another one came in between, by the signal", "sighup", { seen: "older" }, "overtaken"],
  ["where the first one of all came in between", "start", { seen: null }, "overtaken"],
])("%s", (_what, by, changes, expected) => {
  expect(decideLoad("file", by, { ...RECORD, ...changes })).toBe(expected);
});
