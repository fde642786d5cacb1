import { randomBytes } from "node:crypto";

export type KeyPair = { accessKeyId: string; secretAccessKey: string };

/** Random ids and secrets. @param isLong ids of 54 characters and secrets with `+` and `/`, as have been seen at Tigris; others are safe in an address */
export function newPair(isLong: boolean): KeyPair {
  return { accessKeyId: `tid_${newId(isLong ? 50 : 24)}`, secretAccessKey: newSecret(isLong) };
}

export function newSecret(isLong: boolean): string {
  if (!isLong) return `tsec_${randomBytes(36).toString("base64url")}`;
  // Random base64 has them only now and then.
  return `tsec_${randomBytes(18).toString("base64")}+/${randomBytes(18).toString("base64")}`;
}

function newId(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}
