import { isPaused } from "../../domain/key";
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
  shown: Omit<Delivery, "id" | "channelId" | "accessKeyId" | "secret" | "format" | "isPaused"> & {
    secret: Secret | null;
  },
): Promise<Posting> {
  const { accessKeyId, id, requestId } = attempt;
  const { secret, ...about } = shown;
  if (secret === null || accessKeyId === null) return { kind: "not_posted", code: "no_secret" };
  const { cards, ...ofKey } = await store.read(async (record) => ({
    cards: await record.requests.cards(requestId),
    ...(await factsOf(record, accessKeyId)),
  }));
  return messenger.postSecret({ id, accessKeyId, channelId: cards.dmChannelId, secret, ...ofKey, ...about });
}

/** The format is the one that was chosen when the key was asked for, whichever request its newest secret comes of. */
async function factsOf(record: Reads, accessKeyId: string): Promise<Pick<Delivery, "format" | "isPaused">> {
  const key = await record.keys.find(accessKeyId);
  const format = formatOf(key && (await record.requests.findReadable(key.requestId)));
  return { format, isPaused: key !== null && isPaused(key) };
}
