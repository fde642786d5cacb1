import { database as locationSetting } from "../../src/config-database";
import type { Attempt } from "../../src/domain/attempt";
import type { Key } from "../../src/domain/key";
import { openStore, type StoreListeners } from "../../src/store";
import type { NewRequest, StorePort } from "../../src/workflow/store-port";
import { keyIn, REQUESTS } from "../domain/samples";
import type { TestDatabase } from "../kit/database";
import { createManualClock, type ManualClock } from "../kit/manual-clock";
import { createPreparedDatabase } from "../kit/prepared-database";

/** A store on a database of its own, of the kind that is tested. */
export type Filled = {
  store: StorePort;
  /** Gives the time by which leases are held and things are due. */
  clock: ManualClock;
  /** To look into beside the store. */
  database: Omit<TestDatabase, "remove">;
  /** Opens another store on the same database. It is closed with the first one. */
  openAgain(listeners?: StoreListeners): Promise<StorePort>;
  stop(): Promise<void>;
};

/** @param now what its clock says, in milliseconds since 1970 */
export async function emptyStore(now = 1_000): Promise<Filled> {
  const clock = createManualClock(now);
  const database = await createPreparedDatabase();
  const opened: StorePort[] = [];
  const openAgain = async (listeners: StoreListeners = {}): Promise<StorePort> => {
    const store = await openStore(locationSetting.parse(database.url), { ...clock, standsIn: true }, listeners);
    opened.push(store);
    return store;
  };
  return {
    store: await openAgain(),
    clock,
    database,
    openAgain,
    stop: async () => {
      for (const store of opened) await store.close();
      await database.remove();
    },
  };
}

/** A request that waits for a decision until 10,000, with everything about it derived from its id. */
export function newRequest(id: string, changes: Partial<NewRequest> = {}): NewRequest {
  const { version: _version, attempts: _attempts, ...asked } = REQUESTS.pending;
  return { ...asked, id, reference: `REF-${id}`, viewId: `V-${id}`, dmChannelId: `D-${id}`, ...changes };
}

/** A live key of a request. */
export function newKey(requestId: string, changes: Partial<Key> = {}): Omit<Key, "version"> {
  const { version: _version, ...key } = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
  const accessKeyId = `tid_${requestId}`;
  return {
    ...key,
    requestId,
    accessKeyId,
    tigrisName: `name-${requestId}`,
    deliveryId: `delivery-${requestId}`,
    ...changes,
  };
}

/** An attempt to make a key, begun at 1,000 under a lease of `worker-1` until 2,000. */
export function newAttempt(
  id: string,
  requestId: string,
  changes: Partial<Attempt & { clickId: string | null }> = {},
): Attempt & { clickId: string | null } {
  return {
    id,
    requestId,
    accessKeyId: null,
    actorId: "UDEV",
    startedAt: 1_000,
    lease: { holder: "worker-1", until: 2_000 },
    nextAt: 1_000,
    tries: 0,
    alerted: false,
    work: { kind: "create", number: 1, tigrisName: `name-${id}`, phase: "calling" },
    clickId: `click-${id}`,
    ...changes,
  };
}
