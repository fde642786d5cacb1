import type { Secret } from "../../domain/secret";
import type { Delivery } from "../messenger-port";
import type { CallPorts, Held } from "./call";

export type Posting = { kind: "posted"; accessKeyId: string } | { kind: "not_posted"; code: string };

/** Posts a secret into the DM of its one reader, while the lease of its attempt lasts. */
export async function postSecretOf(
  { store, messenger }: CallPorts,
  { attempt }: Held,
  shown: Pick<Delivery, "userId" | "keyName" | "endpoint" | "isWanted"> & { secret: Secret | null },
): Promise<Posting> {
  const { accessKeyId, id, requestId, lease } = attempt;
  const { secret, ...about } = shown;
  if (secret === null || accessKeyId === null) return { kind: "not_posted", code: "no_secret" };
  const { dmChannelId: channelId } = await store.read((record) => record.requests.cards(requestId));
  const posting = await messenger.postSecret({ id, accessKeyId, channelId, secret, postBefore: lease.until, ...about });
  return posting.kind === "posted" ? { kind: "posted", accessKeyId } : posting;
}
