import type { Answer } from "../answer";
import { type ErrorFormat, errorAnswer } from "./errors";
import type { Organization, StoredKey } from "./organization";

/** One call of the IAM endpoint, signed by `caller`. */
export type IamCall = {
  organization: Organization;
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

export function missing({ format }: IamCall, what = "access key"): Answer {
  return errorAnswer(format, 404, "NoSuchEntity", `The ${what} does not exist.`);
}

export function invalid({ format }: IamCall, what: string): Answer {
  return errorAnswer(format, 400, "InvalidArgument", what);
}
