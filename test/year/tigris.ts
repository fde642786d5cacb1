import { Organization, type StoredKey } from "../../sandbox/tigris/organization";
import type { KeyAtTigris } from "../../src/domain/listed-key";
import { rolesOf } from "../../src/domain/roles";
import { Secret } from "../../src/domain/secret";
import type { ChangeAnswer, TigrisLost, TigrisPort, TigrisRefusal } from "../../src/workflow/tigris-port";
import { BUCKETS, ORGANIZATION, OWN_KEY } from "../kit/people";
import type { Chance } from "./chance";

export type YearTigris = { port: TigrisPort; organization: Organization };

const LOST: TigrisLost = { kind: "lost", cause: "timeout", requestId: null };
const BUSY: TigrisRefusal = { kind: "refused", status: 503, code: "SlowDown" };

/**
 * The stand-in for Tigris in memory, without the wire. Now and then it refuses a call, and loses the answer of one that took effect
 * or did not.
 * @param troublePart how many of the calls that change something go wrong, from 0 to 1
 */
export function createYearTigris(now: () => number, chance: Chance, troublePart: number): YearTigris {
  const organization = new Organization({ organization: ORGANIZATION, rootKey: OWN_KEY, buckets: BUCKETS, now });

  function changing<Answer>(act: () => Answer): Answer | TigrisLost | TigrisRefusal {
    if (!chance.is(troublePart)) return act();
    const kind = chance.of(["busy", "lost before", "lost after"] as const);
    if (kind === "lost after") act();
    return kind === "busy" ? BUSY : LOST;
  }

  const changed = (id: string, act: (key: StoredKey) => void) => (): ChangeAnswer => {
    const key = organization.keys.get(id);
    if (!key) return { kind: "gone" };
    act(key);
    return { kind: "changed" };
  };
  const found = (isIt: (key: StoredKey) => boolean) => organization.listed().filter(isIt).map(shown);

  const port: TigrisPort = {
    createKey: async ({ name }) =>
      changing(() => {
        const key = organization.addKey(name, [], OWN_KEY.accessKeyId);
        return { kind: "made", accessKeyId: key.accessKeyId, secret: new Secret(key.secret) } as const;
      }),
    setRoles: async (id, access) =>
      changing(changed(id, (key) => organization.setRoles(key, access === null ? [] : rolesOf(access)))),
    setStatus: async (id, status) =>
      changing(changed(id, (key) => organization.setStatus(key, status === "Active" ? "active" : "inactive"))),
    rotateKey: async (id) =>
      changing(() => {
        const key = organization.keys.get(id);
        if (!key) return { kind: "gone" } as const;
        return { kind: "rotated", secret: new Secret(organization.rotate(key)) } as const;
      }),
    deleteKey: async (id) =>
      changing(() => {
        if (!organization.keys.has(id)) return { kind: "gone" } as const;
        organization.removeKey(id);
        return { kind: "deleted" } as const;
      }),
    findKeysByName: async (name) => ({ kind: "found", keys: found((key) => key.name === name) }),
    readKey: async (id) => {
      const key = organization.keys.get(id);
      return key ? { kind: "there", key: shown(key) } : { kind: "absent" };
    },
    policiesOf: async (id) => ({ kind: "listed", names: organization.keys.get(id)?.policies ?? [] }),
    keysMadeBy: async (id) => ({ kind: "found", keys: found(({ creator }) => creator === id), namesKeys: true }),
    checkOwnKey: async () => ({ kind: "works" }),
    listBuckets: async () => ({ kind: "listed", names: organization.buckets }),
    organization: async () => ({
      kind: "named",
      namespace: { id: ORGANIZATION, source: "own_key" },
      owner: ORGANIZATION,
    }),
  };
  return { port, organization };
}

function shown(key: StoredKey): KeyAtTigris {
  const { accessKeyId, name, createdAt: createdAtMs, creator, status, bucketsRole: roles } = key;
  return { accessKeyId, name, createdAtMs, creator, status, roles };
}
