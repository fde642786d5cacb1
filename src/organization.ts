import type { StorePort } from "./workflow/store-port";
import type { CreateAnswer, OrganizationNames, TigrisPort, TigrisRefusal } from "./workflow/tigris-port";

/** What told which organization it is: the bot's own key, another one in the same list, or the owner of the buckets. */
export type OrganizationSource = "own_key" | "other_key" | "bucket_owner";

/** Whether the bot's own key belongs to the organization that the store was made for. */
export type OrganizationCheck =
  | { kind: "same"; source: OrganizationSource }
  | { kind: "other" }
  | { kind: "unknown"; reason: string };

type Names = { namespace: string | null; owner: string | null };

/**
 * Holds what Tigris calls its organization against what the store remembers, each name against its own kind: a name that was
 * never seen proves nothing by itself, and is remembered beside one that fits.
 */
export function verdictOn(seen: Names, remembered: Names): "same" | "other" | { reason: string } {
  const kinds = ["namespace", "owner"] as const;
  if (kinds.every((kind) => remembered[kind] === null)) return "same";
  const both = kinds.filter((kind) => seen[kind] !== null && remembered[kind] !== null);
  const fitting = both.filter((kind) => seen[kind] === remembered[kind]).length;
  if (both.length === 0) return { reason: "nothing_to_compare" };
  if (fitting === both.length) return "same";
  return fitting === 0 ? "other" : { reason: "sources_disagree" };
}

/**
 * A yes is remembered, since a key never changes its organization; anything else is asked again each time. With it the store
 * learns which key is signed with from then on: Tigris names it as the creator of what it makes.
 */
export function createOrganizationCheck(
  tigris: TigrisPort,
  store: Pick<StorePort, "claim" | "remembered">,
  ownAccessKeyId: string,
): () => Promise<OrganizationCheck> {
  let known: OrganizationCheck | null = null;
  return async () => {
    if (known) return known;
    const names = await tigris.organization();
    if (names.kind === "unavailable") return { kind: "unknown", reason: names.reason };
    const checked = await hold(store, names);
    if (checked.kind !== "same") return checked;
    await store.claim({ kind: `signed_with ${ownAccessKeyId}`, value: "yes" });
    known = checked;
    return checked;
  };
}

async function hold(
  store: Pick<StorePort, "claim" | "remembered">,
  { namespace, owner }: OrganizationNames,
): Promise<OrganizationCheck> {
  const seen = { namespace: namespace?.id ?? null, owner };
  const remembered = {
    namespace: await store.remembered("tigris_organisation"),
    owner: await store.remembered("tigris_owner"),
  };
  const verdict = verdictOn(seen, remembered);
  if (verdict === "other") return { kind: "other" };
  if (verdict !== "same") return { kind: "unknown", reason: verdict.reason };
  // Another bot may have been faster: what the store has by now counts.
  const claimed = {
    namespace: seen.namespace && (await store.claim({ kind: "tigris_organisation", value: seen.namespace })),
    owner: seen.owner && (await store.claim({ kind: "tigris_owner", value: seen.owner })),
  };
  const settled = verdictOn(seen, claimed);
  if (settled !== "same") return settled === "other" ? { kind: "other" } : { kind: "unknown", reason: settled.reason };
  return { kind: "same", source: namespace?.source ?? "bucket_owner" };
}

/** The same, where Tigris may refuse the bot's own key by now. */
export type LiveOrganization = OrganizationCheck | { kind: "refused"; reason: string };

/** A look at whether the own key still works, beside what is remembered of its organization. */
export async function liveOrganization(
  check: () => Promise<OrganizationCheck>,
  tigris: Pick<TigrisPort, "checkOwnKey">,
): Promise<LiveOrganization> {
  const checked = await check();
  if (checked.kind !== "same") return checked;
  const looked = await tigris.checkOwnKey();
  return looked.kind === "works" ? checked : { kind: "refused", reason: looked.reason };
}

/** A sentence for whoever runs the bot, where Tigris's lists leave out the bot's own key. */
export function organizationWarning(checked: LiveOrganization): string | null {
  switch (checked.kind === "same" ? checked.source : null) {
    case "other_key":
      return "Tigris's lists leave out the bot's own key: its organization is known from another key.";
    case "bucket_owner":
      return "Tigris lists no keys to the bot: its organization is known from the owner of the buckets.";
    default:
      return null;
  }
}

/** Makes, changes, rotates and deletes nothing before the organization is known to be the right one. */
export function guarded(tigris: TigrisPort, check: () => Promise<OrganizationCheck>): TigrisPort {
  const unlessChecked = async <Answer>(call: () => Promise<Answer>): Promise<Answer | TigrisRefusal> => {
    const checked = await check();
    if (checked.kind === "same") return call();
    const code = checked.kind === "other" ? "other_organization" : "organization_unknown";
    return { kind: "refused", status: 0, code };
  };
  return {
    ...tigris,
    createKey: (key): Promise<CreateAnswer> => unlessChecked(() => tigris.createKey(key)),
    setRoles: (accessKeyId, access) => unlessChecked(() => tigris.setRoles(accessKeyId, access)),
    setStatus: (accessKeyId, status) => unlessChecked(() => tigris.setStatus(accessKeyId, status)),
    rotateKey: (accessKeyId) => unlessChecked(() => tigris.rotateKey(accessKeyId)),
    deleteKey: (accessKeyId) => unlessChecked(() => tigris.deleteKey(accessKeyId)),
  };
}
