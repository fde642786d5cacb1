import type { StorePort } from "./workflow/store-port";
import type { CreateAnswer, TigrisPort, TigrisRefusal } from "./workflow/tigris-port";

/** Whether the bot's own key belongs to the organisation that the store was made for. */
export type OrganisationCheck = { kind: "same" } | { kind: "other" } | { kind: "unknown"; reason: string };

/**
 * Holds Tigris's organisation against the one that the store remembers. A yes is remembered, since a key never changes
 * its organisation; anything else is asked again each time.
 */
export function createOrganisationCheck(
  tigris: TigrisPort,
  store: StorePort,
  now: () => number,
): () => Promise<OrganisationCheck> {
  let known: OrganisationCheck | null = null;
  return async () => {
    if (known) return known;
    const answer = await tigris.organisation();
    if (answer.kind === "unavailable") return { kind: "unknown", reason: answer.reason };
    const value = answer.organisation;
    const remembered = await store.claim({ kind: "tigris_organisation", value, at: now() });
    if (remembered !== value) return { kind: "other" };
    known = { kind: "same" };
    return known;
  };
}

/** Makes, rotates and deletes nothing before the organisation is known to be the right one. */
export function guarded(tigris: TigrisPort, check: () => Promise<OrganisationCheck>): TigrisPort {
  const unlessChecked = async <Answer>(call: () => Promise<Answer>): Promise<Answer | TigrisRefusal> => {
    const checked = await check();
    if (checked.kind === "same") return call();
    const code = checked.kind === "other" ? "other_organisation" : "organisation_unknown";
    return { kind: "refused", status: 0, code };
  };
  return {
    ...tigris,
    createKey: (key): Promise<CreateAnswer> => unlessChecked(() => tigris.createKey(key)),
    rotateKey: (accessKeyId) => unlessChecked(() => tigris.rotateKey(accessKeyId)),
    deleteKey: (accessKeyId) => unlessChecked(() => tigris.deleteKey(accessKeyId)),
  };
}
