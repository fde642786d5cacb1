import { z } from "zod";
import { Secret } from "../domain/secret";
import type { CreateAnswer, RotateAnswer } from "../workflow/tigris-port";
import { type Accepted, lost } from "./mutate";
import type { Tree } from "./parse";
import { accessKeyId, secretAccessKey } from "./schemas";

const made = z.object({
  CreateAccessKeyResult: z.object({
    AccessKey: z.object({
      AccessKeyId: accessKeyId,
      UserName: z.string().nullish(),
      SecretAccessKey: z.unknown().optional(),
    }),
  }),
});

/**
 * Reads the response to the making of a key.
 * @param name the name that was asked for; a key with another one is somebody else's response
 */
export function madeKey({ tree, requestId }: Accepted, name: string): CreateAnswer {
  const key = made.safeParse(tree).data?.CreateAccessKeyResult.AccessKey;
  if (!key || (key.UserName && key.UserName !== name)) return lost("malformed", requestId);
  const secret = secretOf(key.SecretAccessKey);
  return secret ? { kind: "made", accessKeyId: key.AccessKeyId, secret } : lost("no_secret", requestId);
}

const rotated = z.object({
  status: z.literal("success"),
  rotate_access_key_result: z.object({ id: accessKeyId, new_secret: z.unknown().optional() }),
});

/**
 * Reads the response to a rotation.
 * @param id the key that was asked for; a secret of another one is handed to nobody
 */
export function rotatedSecret({ tree, requestId }: Accepted, id: string): RotateAnswer {
  const result = rotated.safeParse(tree).data?.rotate_access_key_result;
  if (result?.id !== id) return lost("malformed", requestId);
  const secret = secretOf(result.new_secret);
  return secret ? { kind: "rotated", secret } : lost("no_secret", requestId);
}

function secretOf(value: unknown): Secret | null {
  const secret = secretAccessKey.safeParse(value).data;
  return secret === undefined ? null : new Secret(secret);
}

/** AWS's responses to actions that bring nothing back; any of it may be left out. */
const acknowledged = z.strictObject({
  DeleteAccessKeyResult: z.unknown().optional(),
  UpdateAccessKeyResult: z.unknown().optional(),
  ResponseMetadata: z.unknown().optional(),
});
const succeeded = z.object({ status: z.literal("success") });
const isYes = z.union([acknowledged, succeeded, z.literal("")]);

/** Whether a response to a standard action says that it was done: nothing at all, or a plain yes in JSON or XML. */
export function isDone(tree: Tree): boolean {
  return isYes.safeParse(tree).success;
}

/** Whether a response to an action of Tigris's own says that it was done. */
export function hasSucceeded(tree: Tree): boolean {
  return succeeded.safeParse(tree).success;
}
