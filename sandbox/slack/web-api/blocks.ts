import { homeProblems, messageProblems, viewProblems } from "../limits/blocks";
import type { Problems } from "../limits/check";
import type { Workspace } from "../workspace";
import { failure, type Method, type Result } from "./method";

export const blockMethods: Record<string, Method> = {
  "blocks.validate": { scopes: [], required: [], token: "bot", run: validate },
};

/** Each with the code of its refusal. */
const KINDS = [
  { argument: "blocks", error: "invalid_blocks", problemsOf: messageProblems },
  { argument: "message", error: "invalid_message", problemsOf: problemsOfMessage },
  { argument: "view", error: "invalid_view", problemsOf: problemsOfView },
] as const;

/** Says what is wrong with exactly one of blocks, a message and a view, and shows it to nobody. */
function validate(_workspace: Workspace, params: Record<string, unknown>): Result {
  const [given, ...more] = KINDS.filter(({ argument }) => params[argument] !== undefined);
  if (!given || more.length > 0) return failure("invalid_arguments");
  const problems = given.problemsOf(params[given.argument]);
  return problems.length > 0 ? failure(given.error, { errors: problems.map(errorOf) }) : {};
}

function problemsOfMessage(message: unknown): Problems {
  return messageProblems({ ...Object(message) }.blocks);
}

function problemsOfView(view: unknown): Problems {
  return { ...Object(view) }.type === "home" ? homeProblems(view) : viewProblems(view);
}

/** What our checks write as Slack's other methods do, as this one gives it: pointers begin within what was given. */
function errorOf(problem: string): { pointer: string; code: string; message: string } {
  const [, message = problem, pointer = ""] = /^\[ERROR\] (.*) \[json-pointer:(?:\/view)?(.*)\]$/s.exec(problem) ?? [];
  return { pointer, code: "failed_constraint", message };
}
