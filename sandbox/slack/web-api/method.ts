import type { Workspace } from "../workspace";

/** A refusal of Slack's: `ok: false` with this code. */
export type Failure = { error: string; [detail: string]: unknown };
export type Result = Record<string, unknown> | Failure;

/** One method of the Web API, behind the check of token and scope. */
export type Method = {
  /** Any one of them is enough; empty where none is needed. */
  scopes: string[];
  required: string[];
  token: "bot" | "app";
  run(workspace: Workspace, params: Record<string, unknown>): Result;
};

export function failure(error: string, details: Record<string, unknown> = {}): Failure {
  return { error, ...details };
}

export function isFailure(result: Result): result is Failure {
  return typeof result.error === "string";
}

/** A parameter that is a text, or null. */
export function textOf(params: Record<string, unknown>, name: string): string | null {
  const value = params[name];
  return typeof value === "string" && value !== "" ? value : null;
}
