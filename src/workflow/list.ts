import type { Key } from "../domain/key";
import { MAX_KEYS_COUNTED } from "../domain/limits";
import type { Actor } from "../domain/person";
import type { Refusal } from "../domain/refusal";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, lookingFor, requireApprover, requireMember } from "./check-person";
import type { KeyQuery } from "./key-query";
import { step } from "./step";
import type { Reads } from "./store-port";

/** Whose keys are listed. */
export type Whose = { kind: "own" } | { kind: "all" } | { kind: "person"; userId: string };

export type Page = {
  kind: "page";
  keys: Key[];
  /** How many there are in all, and how many of them before this page: neither counts on above `MAX_KEYS_COUNTED`. */
  total: number;
  before: number;
  hasOlder: boolean;
  hasNewer: boolean;
  /** Whether whoever looks does so as an approver. */
  isApprover: boolean;
};

/** Which page: whose keys, those with some words in them or all (null), and from where on. */
export type PageQuery = { whose: Whose; search: string | null; from: KeyQuery["from"] };

/**
 * One page of keys, newest first. Everybody sees their own; approvers see everybody's. Where there is nothing left on a page,
 * its reader gets the first one.
 */
export async function listKeys(
  ports: CheckPorts & ChangePorts,
  query: PageQuery & { actor: Actor; pageSize: number },
): Promise<Page | Refusal> {
  const { actor, whose, from, search, pageSize } = query;
  const isOwn = whose.kind === "own" || (whose.kind === "person" && whose.userId === actor.userId);
  const looking = lookingFor("form", ports);
  const allowed = await (isOwn ? requireMember(looking, actor) : requireApprover(looking, actor));
  if (allowed.kind === "refused") return allowed;
  const ownerId = isOwn ? actor.userId : whose.kind === "person" ? whose.userId : null;
  if (!isOwn) await noteListing(ports, actor.userId, ownerId);
  const page = { ownerId, search, limit: pageSize };
  const found = await ports.store.read(async (record) => {
    const asked = await readPage(record, { ...page, from });
    return asked.keys.length > 0 || from === null ? asked : readPage(record, { ...page, from: null });
  });
  return { kind: "page", ...found, isApprover: !isOwn };
}

async function readPage({ keys: record }: Reads, query: KeyQuery): Promise<Omit<Page, "kind" | "isApprover">> {
  const { keys, isCut } = await record.page(query);
  const counted = { ...query, limit: MAX_KEYS_COUNTED + 1 };
  const [first] = keys;
  const total = await record.count({ ...counted, from: null });
  const isFirstPage = query.from === null || first === undefined;
  const before = isFirstPage
    ? 0
    : await record.count({ ...counted, from: { side: "newer", accessKeyId: first.accessKeyId } });
  return { keys, total, before, hasOlder: query.from?.side === "newer" || isCut, hasNewer: before > 0 };
}

/** Who looked at others' keys is in the record before they see anything of them. @param ownerId null: everybody's */
export async function noteListing(ports: ChangePorts, actorId: string, ownerId: string | null): Promise<void> {
  const listed = { name: "keys.listed", actorId, outcome: ownerId ?? "all" } as const;
  await change(ports, { about: null, decide: () => step(actorId, { events: [listed] }) });
}

/** Which request a key came from, or null where there is no such key. Says nothing about who may see it. */
export async function requestOfKey({ store }: Pick<ChangePorts, "store">, accessKeyId: string): Promise<string | null> {
  return (await store.read((record) => record.keys.find(accessKeyId)))?.requestId ?? null;
}

/** Whose a key is; nobody's, as an empty id, where there is no such key. Says nothing about who may see it. */
export async function ownerOfKey({ store }: Pick<ChangePorts, "store">, accessKeyId: string): Promise<string> {
  return (await store.read((record) => record.keys.find(accessKeyId)))?.ownerId ?? "";
}
