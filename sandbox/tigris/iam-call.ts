import type { Answer } from "../answer";
import { type ErrorFormat, errorAnswer } from "./errors";
import type { Organisation, StoredKey } from "./organisation";

/** One call of the IAM endpoint, signed by `caller`. */
export type IamCall = {
  organisation: Organisation;
  caller: StoredKey;
  /** Of the query and the form; the form wins. */
  params: Record<string, string>;
  isDetailed: boolean;
  format: ErrorFormat;
  pageSize: number;
  listed: { creator: boolean; createdAt: boolean };
};

export function denied({ format }: IamCall): Answer {
  return errorAnswer(format, 403, "AccessDenied", "Access Denied.");
}

export function missing({ format }: IamCall): Answer {
  return errorAnswer(format, 404, "NoSuchEntity", "The access key does not exist.");
}

export function invalid({ format }: IamCall, what: string): Answer {
  return errorAnswer(format, 400, "InvalidArgument", what);
}
