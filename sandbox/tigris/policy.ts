import { z } from "zod";
import type { Organization, StoredKey } from "./organization";
import { isAdmin } from "./roles";

/** A policy, with its document as it came in. Its name is unique in the organization. */
export type Policy = {
  name: string;
  id: string;
  arn: string;
  description: string;
  document: string;
  createdAt: number;
  updatedAt: number;
};

const TEXTS = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const STATEMENT = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Action: TEXTS,
  Resource: TEXTS,
  Condition: z.unknown().optional(),
});
const DOCUMENT = z.object({
  Statement: z.union([STATEMENT.transform((one) => [one]), z.array(STATEMENT)]),
});

type Statement = z.infer<typeof STATEMENT>;

/** What a document says. @returns null where it is none */
export function readStatements(document: string): Statement[] | null {
  try {
    const read = DOCUMENT.safeParse(JSON.parse(document));
    return read.success ? read.data.Statement : null;
  } catch {
    // What is no JSON is no document.
    return null;
  }
}

/** The first resource of a document that is in no bucket that there is; Tigris checks that (documented). */
export function unknownResource({ buckets }: Organization, statements: readonly Statement[]): string | undefined {
  const isKnown = (resource: string): boolean => {
    const [, bucket] = /^arn:aws:s3:::([^/]+)/.exec(resource) ?? [];
    return bucket === undefined || bucket.includes("*") || buckets.includes(bucket);
  };
  return statements.flatMap(({ Resource }) => Resource).find((resource) => !isKnown(resource));
}

/**
 * Whether a policy on the key denies an action. Only statements without a condition count, and no admin's key is bound by any.
 * @param action such as `s3:GetObject`
 * @param resource as in an ARN, such as `arn:aws:s3:::logs/a.txt`
 */
export function isDenied({ policies }: Organization, key: StoredKey, action: string, resource: string): boolean {
  if (isAdmin(key)) return false;
  return key.policies
    .flatMap((name) => readStatements(policies.get(name)?.document ?? "") ?? [])
    .some(
      ({ Effect, Action, Resource, Condition }) =>
        Effect === "Deny" && Condition === undefined && isAmong(Action, action) && isAmong(Resource, resource),
    );
}

function isAmong(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const source = pattern.replace(/[\\^$.+?()[\]{}|]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${source}$`).test(text);
  });
}
