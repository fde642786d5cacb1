import type { KeyPair } from "./key-pair";
import type { Organization } from "./organization";
import { putObject } from "./s3-objects";
import { canMakeKeys, MOST_BUCKETS, PROBE, sendSigned } from "./use";

/** Which signed calls of a pair work; those on objects: in one of the buckets that were tried, at least. */
export type Power = { get: boolean; put: boolean; list: boolean; createKey: boolean; listBuckets: boolean };

type Place = { baseUrl: string; organization: Organization };

/**
 * Signs a call of each kind with a pair. Nothing is left behind: neither the object that is read and written, nor the key.
 * @param buckets which are tried, 50 at most
 */
export async function tryPower(at: Place, pair: KeyPair, buckets: readonly string[]): Promise<Power> {
  const { organization } = at;
  const works = async (method: string, path: string, body = "") =>
    (await sendSigned(at, pair, { method, path, body })).ok;
  const power = { get: false, put: false, list: false };
  for (const bucket of buckets.slice(0, MOST_BUCKETS)) {
    const place = { bucket, name: PROBE };
    putObject(organization, place, "to be read");
    power.get = (await works("GET", `/${bucket}/${PROBE}`)) || power.get;
    power.put = (await works("PUT", `/${bucket}/${PROBE}`, "tried")) || power.put;
    power.list = (await works("GET", `/${bucket}`)) || power.list;
    organization.objects.delete(`${bucket}/${PROBE}`);
  }
  const createKey = await canMakeKeys(at, pair);
  return { ...power, createKey, listBuckets: await works("GET", "/") };
}
