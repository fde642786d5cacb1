import type { TigrisControls } from "./options";
import type { KeyView, Organization, StoredKey } from "./organization";

/** What a test may do to an organization from outside, without a call. */
export function controlsOf(organization: Organization): TigrisControls {
  const { listing } = organization;
  return {
    setBuckets: (names) => {
      organization.buckets = [...names];
    },
    freezeListing: () => {
      listing.instead = [...organization.keys.values()].map((key) => ({ ...key }));
      return {
        release: () => {
          listing.instead = null;
        },
      };
    },
    lagListing: (ms) => {
      organization.behaviour.listLagMs = ms;
    },
    behave: (changes) => void Object.assign(organization.behaviour, changes),
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
      organization.aheadMs = ms;
    },
    setKeyRoles: (id, roles) => organization.setRoles(keyOf(organization, id), roles),
    setKeyStatus: (id, status) => organization.setStatus(keyOf(organization, id), status),
    attachPolicy: (id, name, statements = []) => {
      if (!organization.policies.has(name))
        organization.addPolicy({ name, description: "", document: JSON.stringify({ Statement: statements }) });
      organization.attach(keyOf(organization, id), name);
    },
    detachPolicy: (id, name) => organization.detach(keyOf(organization, id), name),
    removeKey: (id) => organization.removeKey(id),
    addKey: (name, roles) => viewOf(organization.addKey(name, roles, null)),
    setOrganization: (namespaceId) => {
      organization.namespaceId = namespaceId;
    },
  };
}

export function keyViews({ keys }: Organization): KeyView[] {
  return [...keys.values()].map(viewOf);
}

function keyOf({ keys }: Organization, id: string): StoredKey {
  const key = keys.get(id);
  if (!key) throw new Error(`there is no key ${id}`);
  return key;
}

function viewOf({ secret: _secret, ...key }: StoredKey): KeyView {
  return key;
}
