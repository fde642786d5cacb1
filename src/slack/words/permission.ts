import type { Permission } from "../../domain/permission";

/**
 * What each permission may do (Tigris's documentation, access control): the form, the README and `docs/security.md` say it in
 * the same words. One line in an option takes 75 characters (Slack, option object).
 */
export const PERMISSION_WORDS: Record<Permission, string> = {
  ReadOnly: "Download and list objects",
  Editor: "Also upload, overwrite and delete objects, and change or delete the buckets",
  Admin: "Every bucket, key and setting",
};

/** What any key may do beside that. */
export const ANY_KEY_WORDS = "Any key can also list bucket names and create buckets.";
