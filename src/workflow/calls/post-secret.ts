import { formatOf } from "../../domain/request";
import type { Secret } from "../../domain/secret";
import type { Delivery } from "../messenger-port";
import type { Reads } from "../store-port";
import type { CallPorts, Held } from "./call";

export type Posting = { kind: "posted" } | { kind: "not_posted" | "unclear"; code: string };

/** Posts a secret into the DM of its one reader, while the lease of its attempt lasts. */
export async function postSecretOf(
  { store, messenger }: CallPorts,
  { attempt }: Held,
  shown: Omit<Delivery, "id" | "channelId" | "accessKeyId" | "secret" | "format"> & { secret: Secret | null },
): Promise<Posting> {
  const { accessKeyId, id, requestId } = attempt;
  const { secret, ...about } = shown;
  if (secret === null || accessKeyId === null) return { kind: "not_posted", code: "no_secret" };
  const { cards, format } = await store.read(async (record) => ({
    cards: await record.requests.cards(requestId),
    format: await formatOfKey(record, accessKeyId),
  }));
  return messenger.postSecret({ id, accessKeyId, channelId: cards.dmChannelId, secret, format, ...about });
}

/** The format that was chosen when the key was asked for, whichever request its newest secret comes of. */
async function formatOfKey(record: Reads, accessKeyId: string) {
  const key = await record.keys.find(accessKeyId);
  return formatOf(key && (await record.requests.findReadable(key.requestId)));
}
