import type { Access, BucketScope } from "../../domain/permission";
import type { Request } from "../../domain/request";
import { bold, code, type Sentence } from "../../domain/sentence";
import { shortened } from "../../domain/text";

const MAX_NAMED = 5;
const MAX_BUCKET_NAME = 63;

/** "Editor · b1, b2 and 3 more". */
export function accessText(access: Access): string {
  if (access.permission === "Admin") return "Admin · whole organisation";
  return `${access.permission} · ${bucketsText(access.buckets)}`;
}

function bucketsText(buckets: BucketScope): string {
  if (buckets.kind === "all") return "all buckets";
  const named = buckets.names.slice(0, MAX_NAMED).map((name) => shortened(name, MAX_BUCKET_NAME));
  const more = buckets.names.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

/** "Admin key *deploy*". */
export function keyTitle({ access, keyName }: Pick<Request, "access" | "keyName">): Sentence {
  return [`${access.permission} key `, bold(keyName)];
}

/** " · ref K7QM2XAB". */
export function referenceOf({ reference }: Pick<Request, "reference">): Sentence {
  return [" · ref ", code(reference)];
}
