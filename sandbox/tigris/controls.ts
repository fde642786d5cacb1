import type { TigrisControls } from "./options";
import type { KeyView, Organisation, StoredKey } from "./organisation";

/** What a test may do to an organisation from outside, without a call. */
export function controlsOf(organisation: Organisation): TigrisControls {
  const { listing } = organisation;
  return {
    setBuckets: (names) => {
      organisation.buckets = [...names];
    },
    freezeListing: () => {
      listing.instead = [...organisation.keys.values()];
      return {
        release: () => {
          listing.instead = null;
        },
      };
    },
    lagListing: (ms) => {
      listing.lagMs = ms;
    },
    emptyListing: (isEmpty) => {
      listing.instead = isEmpty ? [] : null;
    },
    cutListing: (lastPage) => {
      listing.lastPage = lastPage;
    },
    leaveOut: (ids) => {
      listing.leftOut = new Set(ids);
    },
    leaveOutOfPages: (ids) => {
      listing.leftOutOfPages = new Set(ids);
    },
    setClockAhead: (ms) => {
      organisation.aheadMs = ms;
    },
    setKeyRoles: (id, roles) => {
      const key = organisation.keys.get(id);
      if (!key) throw new Error(`there is no key ${id}`);
      key.bucketsRole = roles;
    },
    removeKey: (id) => void organisation.removeKey(id),
    addKey: (name, roles) => viewOf(organisation.addKey(name, roles, null)),
    setOrganisation: (namespaceId) => {
      organisation.namespaceId = namespaceId;
    },
  };
}

export function keyViews({ keys }: Organisation): KeyView[] {
  return [...keys.values()].map(viewOf);
}

function viewOf({ secret: _secret, ...key }: StoredKey): KeyView {
  return key;
}
