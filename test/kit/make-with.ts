import type { TigrisStandIn } from "../../sandbox/tigris";
import { Secret } from "../../src/domain/secret";
import { createTigris } from "../../src/tigris";
import { timesOfTigris } from "./times";

/** Makes a key with another one, as whoever holds that one can. @returns its id */
export async function makeWith(
  tigris: Pick<TigrisStandIn, "iamUrl" | "s3Url">,
  { accessKeyId, secret }: { accessKeyId: string; secret: string },
  name: string,
): Promise<string> {
  const gateway = createTigris({
    accessKeyId,
    secretAccessKey: new Secret(secret),
    iamEndpoint: tigris.iamUrl,
    s3Endpoint: tigris.s3Url,
    region: "auto",
    timeouts: { mutateMs: 5_000, readMs: 5_000 },
    ...timesOfTigris(),
    log: { warn: () => {} },
  });
  const made = await gateway.createKey({ name });
  gateway.close();
  if (made.kind !== "made") throw new Error(`not made: ${made.kind}`);
  return made.accessKeyId;
}
