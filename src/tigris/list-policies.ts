import type { IAMClient } from "@aws-sdk/client-iam";
import { z } from "zod";
import { MAX_POLICY_PAGES, MAX_RESPONSE_BYTES } from "../domain/service-limits";
import type { ReadFailure } from "../workflow/tigris-port";
import type { Tree } from "./parse";
import { read, unavailable } from "./read";
import { shortText } from "./schemas";

/** How many names a page has at most: AWS's own figure, where nothing is said. */
const PAGE_SIZE = 100;

/**
 * The names of all policies that hang on a key. Tigris takes the key's id for the name of a user.
 * @param timeoutMs for all pages together
 */
export async function listPolicies(
  client: IAMClient,
  timeoutMs: number,
  id: string,
): Promise<{ kind: "listed"; names: string[] } | ReadFailure> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const names = new Set<string>();
  const seen = new Set<string>();
  let marker: string | null = null;
  for (let pages = 0; pages < MAX_POLICY_PAGES; pages++) {
    const page = await pageOf(client, { id, marker }, deadline);
    if (page.kind === "unavailable") return page;
    for (const name of page.names) names.add(name);
    marker = page.marker;
    if (marker === null) return { kind: "listed", names: [...names] };
    if (seen.has(marker)) return unavailable("repeated_marker");
    seen.add(marker);
  }
  return unavailable("too_many_pages");
}

type Page = { kind: "page"; names: string[]; marker: string | null };

async function pageOf(
  client: IAMClient,
  { id, marker }: { id: string; marker: string | null },
  deadline: AbortSignal,
): Promise<Page | ReadFailure> {
  const action = "ListUserPolicies";
  const form = {
    Action: action,
    // The version of the query protocol (AWS IAM).
    Version: "2010-05-08",
    UserName: id,
    MaxItems: String(PAGE_SIZE),
    ...(marker === null ? {} : { Marker: marker }),
  };
  const result = await read(
    client,
    { action, query: { Action: action }, form, maxBytes: MAX_RESPONSE_BYTES },
    deadline,
  );
  if (result.kind === "too_large") return unavailable("too_large");
  return result.kind === "read" ? toPage(result.tree) : result;
}

/** AWS's XML has a `member` for each name, text where there is one alone, and nothing where there is none. */
const members = z.object({ member: z.union([z.array(shortText), shortText.transform((name) => [name])]) });
const names = z.union([
  z.array(shortText),
  members.transform(({ member }) => member),
  z
    .literal("")
    .nullable()
    .transform((): string[] => []),
]);
const listed = z.object({
  ListUserPoliciesResult: z.object({
    PolicyNames: names,
    IsTruncated: z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]).nullish(),
    Marker: z.string().max(4096).nullish(),
  }),
});

function toPage(tree: Tree): Page | ReadFailure {
  const result = listed.safeParse(tree).data?.ListUserPoliciesResult;
  if (!result) return unavailable("malformed");
  const marker = result.Marker || null;
  if (result.IsTruncated && marker === null) return unavailable("no_marker");
  return { kind: "page", names: result.PolicyNames, marker: result.IsTruncated === false ? null : marker };
}
