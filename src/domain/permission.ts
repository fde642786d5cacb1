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

/** How a secret is shown, ready to be pasted. */
export const FORMATS = ["shell", "dotenv", "profile"] as const;
export type Format = (typeof FORMATS)[number];

/** Where Tigris is reached. */
type Urls = { s3: string; iam: string };

/** Tigris's own addresses (Tigris's documentation). */
export const ENDPOINT_URLS: Record<Endpoint, Urls> = {
  Default: { s3: "https://t3.storage.dev", iam: "https://iam.storage.dev" },
  Fly: { s3: "https://fly.storage.tigris.dev", iam: "https://fly.iam.storage.tigris.dev" },
};

/** Tigris has one region (Tigris's documentation). */
const REGION = "auto";

/** What is handed out with a key: the endpoints that may be chosen, with their addresses and their region. */
export type Handout = { offered: readonly Endpoint[]; urls: Record<Endpoint, Urls>; region: string };

/**
 * What is handed out by a bot that itself reaches Tigris at these addresses: Tigris's own, or the bot's where they are others,
 * as a proxy's or a stand-in's.
 */
export function handoutOf(bot: Urls & { region: string }): Handout {
  const isTigris = Object.values(ENDPOINT_URLS).some(({ s3, iam }) => s3 === bot.s3 && iam === bot.iam);
  if (isTigris) return { offered: ENDPOINTS, urls: ENDPOINT_URLS, region: REGION };
  const own = { s3: bot.s3, iam: bot.iam };
  return { offered: ["Default"], urls: { Default: own, Fly: own }, region: bot.region };
}
