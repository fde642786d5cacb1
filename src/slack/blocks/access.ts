import { BUCKETS_ON_CARD, MAX_BUCKETS_AT_A_GLANCE } from "../../domain/limits";
import type { LessAccess } from "../../domain/narrow";
import type { Access, BucketScope } from "../../domain/permission";
import { type Asked, grantedAccess, lessAccessOf, type Request } from "../../domain/request";
import { bold, code, joined, type Sentence } from "../words/sentence";
import { cut } from "./plain";

/** How much of each bucket's name a glance shows: S3's longest name. */
const MAX_BUCKET_NAME = 63;

/** "Editor · b1, b2 and 3 more". */
export function accessText(access: Access): string {
  return `${access.permission} · ${access.permission === "Admin" ? "whole organization" : bucketsText(access)}`;
}

/** "Editor on b1, b2 and 3 more". */
export function accessOn(access: Access): string {
  return access.permission === "Admin"
    ? "Admin on the whole organization"
    : `${access.permission} on ${bucketsText(access)}`;
}

/** "b1, b2 and 3 more", or "all buckets". */
function bucketsText({ buckets }: Access): string {
  if (buckets.kind === "all") return "all buckets";
  const named = buckets.names.slice(0, MAX_BUCKETS_AT_A_GLANCE).map((name) => cut(name, MAX_BUCKET_NAME));
  const more = buckets.names.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** "builds, logs and 23 more": one more than that many is named rather than counted. */
export function bucketsAtAGlance(buckets: BucketScope): string {
  if (buckets.kind === "all") return ALL_BUCKETS;
  const { names } = buckets;
  const named = isFew(names) ? names : names.slice(0, BUCKETS_ON_CARD);
  const more = names.length - named.length;
  return `${named.map((name) => cut(name, MAX_BUCKET_NAME)).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const ALL_BUCKETS = "all buckets, new ones included";
const EVERYTHING = "every bucket and key of the organization";

function isFew(names: readonly string[]): boolean {
  return names.length <= BUCKETS_ON_CARD + 1;
}

/** Whether `accessOnCard` leaves nothing out. */
export function isShortOnCard({ buckets }: Access): boolean {
  return (
    buckets.kind === "all" || (isFew(buckets.names) && buckets.names.every((name) => name.length <= MAX_BUCKET_NAME))
  );
}

/** "Editor on builds, logs and 23 more": for those who decide about it, at a glance. */
export function accessOnCard({ permission, buckets }: Access): string {
  return permission === "Admin" ? EVERYTHING : `${permission} on ${bucketsAtAGlance(buckets)}`;
}

/** "Editor on builds instead of Admin"; null where what was asked for was given. */
export function insteadOf(request: Pick<Request, "asked" | "state">): string | null {
  const less = lessAccessOf(request);
  return less && `${accessOnCard(less)} instead of ${comparedWith(less, request.asked.access)}`;
}

/** What sets the access that was asked for apart, in a word or two. */
function comparedWith(less: LessAccess, { permission, buckets }: Access): string {
  if (permission !== less.permission) return permission;
  return buckets.kind === "all" ? "all buckets" : `${buckets.names.length} buckets`;
}

/** The same with every bucket. */
export function accessInFull(access: Access): Sentence {
  const { buckets } = access;
  if (access.permission === "Admin") return [`Admin on ${EVERYTHING}`];
  if (buckets.kind === "all") return [`${access.permission} on ${ALL_BUCKETS}`];
  const names = joined(
    buckets.names.map((name) => [code(name)]),
    ", ",
  );
  return [`${access.permission} on ${buckets.names.length === 1 ? "the bucket " : "the buckets "}`, ...names];
}

/** "Admin key *deploy*", "New secret of the Admin key *deploy*", or "Resume of the Admin key *deploy*". */
export function askedTitle(request: Pick<Request, "asked" | "state">): Sentence {
  const { keyName } = request.asked;
  return [`${OF_KEY[kindOf(request.asked)]}${grantedAccess(request).permission} key `, bold(keyName)];
}

/** The same within a sentence: "the Admin key *deploy*", "a new secret of the Admin key *deploy*". */
export function whatIsAsked({ asked }: Pick<Request, "asked">): Sentence {
  const { access, keyName } = asked;
  const kind = kindOf(asked);
  if (kind === "access") return ["the wider access of ", bold(keyName)];
  return [`${WITHIN[kind]}${access.permission} key `, bold(keyName)];
}

/** What is asked for, with a key that takes the place of another one set apart. */
export function kindOf(asked: Asked): Asked["kind"] | "rotation" {
  return asked.kind === "key" && asked.rotates !== null ? "rotation" : asked.kind;
}

const WITHIN: Record<Exclude<ReturnType<typeof kindOf>, "access">, string> = {
  key: "the ",
  rotation: "a second key in place of the ",
  secret: "a new secret of the ",
  resume: "the resume of the ",
  extend: "the extension of the ",
  takeover: "the takeover of the ",
};

/** The same with what it opens: "ReadOnly key *ci* for builds, logs"; an Admin key opens everything. */
export function askedTitleFor(request: Pick<Request, "asked" | "state">): Sentence {
  const access = grantedAccess(request);
  return [...askedTitle(request), ...(access.permission === "Admin" ? [] : [` for ${bucketsText(access)}`])];
}

const OF_KEY: Record<ReturnType<typeof kindOf>, string> = {
  key: "",
  rotation: "Rotation of the ",
  secret: "New secret of the ",
  resume: "Resume of the ",
  extend: "Extension of the ",
  takeover: "Takeover of the ",
  access: "Wider access: ",
};

/** " · ref K7QM2XAB". */
export function referenceOf({ reference }: Pick<Request, "reference">): Sentence {
  return [" · ref ", code(reference)];
}
