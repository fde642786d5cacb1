/** What the Tigris Dashboard offers for a key. */
export const PERMISSIONS = ["ReadOnly", "Editor", "Admin"] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ENDPOINTS = ["Default", "Fly"] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** Which buckets a key reaches. Admin keys always reach all of them. */
export type BucketScope = { kind: "all" } | { kind: "named"; names: readonly string[] };

/** A key's access: an Admin key with a list of buckets can't be written down. */
export type Access =
  | { permission: "ReadOnly" | "Editor"; buckets: BucketScope }
  | { permission: "Admin"; buckets: { kind: "all" } };

/** Addresses handed out with a key (Tigris's documentation). */
export const ENDPOINT_URLS: Record<Endpoint, { s3: string; iam: string }> = {
  Default: { s3: "https://t3.storage.dev", iam: "https://iam.storage.dev" },
  Fly: { s3: "https://fly.storage.tigris.dev", iam: "https://fly.iam.storage.tigris.dev" },
};

/** Tigris has one region (Tigris's documentation). */
export const REGION = "auto";
