import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Attempt } from "../../src/domain/attempt";
import type { Key } from "../../src/domain/key";
import { openStore } from "../../src/store";
import type { NewRequest, StorePort } from "../../src/workflow/store-port";
import { keyIn, requestIn } from "../domain/samples";

export type Filled = { store: StorePort; file: string; stop(): Promise<void> };

/** A store in a folder of its own. */
export async function emptyStore(): Promise<Filled> {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  const file = join(folder, "bot.db");
  const store = await openStore(file);
  return {
    store,
    file,
    stop: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A request that waits for a decision until 10,000, with everything about it derived from its id. */
export function newRequest(id: string, changes: Partial<NewRequest> = {}): NewRequest {
  const { version: _version, attempts: _attempts, ...asked } = requestIn({ kind: "pending", lapsesAt: 10_000 });
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
