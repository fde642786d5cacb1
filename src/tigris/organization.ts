import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import type { OrganizationNames, ReadFailure } from "../workflow/tigris-port";
import { bucketOwner } from "./list-buckets";
import { firstKeys, lookAtKey } from "./list-keys";
import { plainId } from "./schemas";

/**
 * What Tigris calls the organization that signs with the bot's own key: the namespace of its entry in the list of keys, or
 * of any other key where the list leaves it out, and beside that the owner of the buckets. A list that can't be had leaves it
 * unknown: it may only be that Tigris is not there.
 */
export async function organizationOf(
  { read, s3 }: { read: IAMClient; s3: S3Client },
  timeoutMs: number,
  ownAccessKeyId: string,
): Promise<OrganizationNames | ReadFailure> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const [namespace, owner] = await Promise.all([
    namespaceOf(read, deadline, ownAccessKeyId),
    bucketOwner(s3, deadline),
  ]);
  if (namespace.kind === "unavailable") return namespace;
  if (namespace.kind === "unnamed" && owner === null) return { kind: "unavailable", reason: namespace.reason };
  return { kind: "named", namespace: namespace.kind === "namespace" ? namespace.name : null, owner };
}

type Namespace = { kind: "namespace"; name: NonNullable<OrganizationNames["namespace"]> };

async function namespaceOf(
  client: IAMClient,
  deadline: AbortSignal,
  ownAccessKeyId: string,
): Promise<Namespace | { kind: "unnamed"; reason: string } | ReadFailure> {
  const own = await lookAtKey(client, deadline, ownAccessKeyId);
  if (own.kind === "unavailable") return own;
  const ownNamespace = plainId.safeParse(own.key?.namespace_id).data;
  if (ownNamespace !== undefined) return { kind: "namespace", name: { id: ownNamespace, source: "own_key" } };
  const others = await firstKeys(client, deadline);
  if (!Array.isArray(others)) return others;
  const named = new Set(others.flatMap((key) => plainId.safeParse(key.namespace_id).data ?? []));
  const [id] = named;
  // Keys of several organizations in one list: nobody can say which of them is the bot's.
  if (named.size > 1) return { kind: "unavailable", reason: "sources_disagree" };
  if (id !== undefined) return { kind: "namespace", name: { id, source: "other_key" } };
  return { kind: "unnamed", reason: own.key ? "no_namespace" : "own_key_not_listed" };
}
