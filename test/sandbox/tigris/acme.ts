import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { createAccessKey } from "@tigrisdata/iam";
import { type BucketRole, startTigris, type TigrisOptions, type TigrisStandIn } from "../../../sandbox/tigris";

export type Pair = { accessKeyId: string; secretAccessKey: string };

export const ROOT = { accessKeyId: "tid_root_key", secretAccessKey: "tsec_root_secret_for_tests" };
export const EDITOR = { accessKeyId: "tid_editor_key", secretAccessKey: "tsec_editor_secret_for_tests" };
export const READER = { accessKeyId: "tid_reader_key", secretAccessKey: "tsec_reader_secret_for_tests" };
export const BUCKETS = ["builds", "logs", "media"];

/** An organization with a key of each kind. */
export function startAcme(options: Partial<TigrisOptions> = {}): Promise<TigrisStandIn> {
  return startTigris({
    organization: "acme",
    rootKey: ROOT,
    otherKeys: [
      { ...EDITOR, name: "editor", bucketsRole: [{ bucket: "builds", role: "Editor" }] },
      { ...READER, name: "reader", bucketsRole: [{ bucket: "builds", role: "ReadOnly" }] },
    ],
    buckets: BUCKETS,
    ...options,
  });
}

/** What Tigris's own client wants to know. */
export function configOf({ iamUrl }: TigrisStandIn, pair: Pair = ROOT) {
  return { config: { iamEndpoint: iamUrl, ...pair } };
}

/** AWS's client, which tries once. */
export function iamClient({ iamUrl }: TigrisStandIn, pair: Pair = ROOT, systemClockOffset = 0): IAMClient {
  return new IAMClient({ endpoint: iamUrl, region: "auto", credentials: pair, maxAttempts: 1, systemClockOffset });
}

/** AWS's client, which tries once. */
export function s3Client({ s3Url }: TigrisStandIn, pair = ROOT, systemClockOffset = 0, region = "auto"): S3Client {
  return new S3Client({
    endpoint: s3Url,
    region,
    credentials: pair,
    maxAttempts: 1,
    forcePathStyle: true,
    systemClockOffset,
  });
}

/** Makes a key with Tigris's own client. @throws what that client reports */
export async function makeKey(
  tigris: TigrisStandIn,
  name: string,
  bucketsRole: BucketRole[] = [{ bucket: "builds", role: "ReadOnly" }],
  caller: Pair = ROOT,
): Promise<Pair> {
  const { data, error } = await createAccessKey(name, { bucketsRole, ...configOf(tigris, caller) });
  if (!data) throw error;
  return { accessKeyId: data.id, secretAccessKey: data.secret ?? "" };
}
