import { MAX_BUCKETS_AT_A_GLANCE } from "../../domain/limits";
import type { Access } from "../../domain/permission";
import type { Request } from "../../domain/request";
import { bold, code, joined, type Sentence } from "../words/sentence";
import { cut } from "./plain";

/** How much of each bucket's name a glance shows: S3's longest name. */
const MAX_BUCKET_NAME = 63;

/** "Editor · b1, b2 and 3 more". */
export function accessText(access: Access): string {
  const { buckets } = access;
  if (access.permission === "Admin") return "Admin · whole organisation";
  if (buckets.kind === "all") return `${access.permission} · all buckets`;
  const named = buckets.names.slice(0, MAX_BUCKETS_AT_A_GLANCE).map((name) => cut(name, MAX_BUCKET_NAME));
  const more = buckets.names.length - named.length;
  return `${access.permission} · ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The same with every bucket: for those who decide about it. */
export function accessInFull(access: Access): Sentence {
  const { buckets } = access;
  if (access.permission === "Admin") return ["full access to the whole Tigris organisation"];
  if (buckets.kind === "all") return [`${access.permission} on all buckets, of today and of the future`];
  const names = joined(
    buckets.names.map((name) => [code(name)]),
    ", ",
  );
  return [`${access.permission} on ${buckets.names.length === 1 ? "the bucket " : "the buckets "}`, ...names];
}

/** "Admin key *deploy*", or "New secret of the Admin key *deploy*". */
export function askedTitle({ asked: { kind, access, keyName } }: Pick<Request, "asked">): Sentence {
  return [`${kind === "secret" ? "New secret of the " : ""}${access.permission} key `, bold(keyName)];
}

/** " · ref K7QM2XAB". */
export function referenceOf({ reference }: Pick<Request, "reference">): Sentence {
  return [" · ref ", code(reference)];
}
