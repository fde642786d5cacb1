import type { IAMClient } from "@aws-sdk/client-iam";
import { ODDITY_LOGGED_EVERY_MS } from "../domain/service-limits";
import { seldom } from "../workflow/clock";
import type { Log } from "../workflow/ports";
import type { ReadFailure, TigrisPort } from "../workflow/tigris-port";
import { createKey, deleteKey, rotateKey, setRoles, setStatus } from "./change-keys";
import { type Account, createClients, type TigrisTimeouts, type Times } from "./clients";
import { listBuckets } from "./list-buckets";
import { findKeysByName, keysMadeBy, lookAtKey, readKey } from "./list-keys";
import { listPolicies } from "./list-policies";
import { logFailures } from "./log-failures";
import { createMutate, type Mutate } from "./mutate";
import { organizationOf } from "./organization";

export type { TigrisTimeouts } from "./clients";

/**
 * Makes the way to Tigris. Its methods never throw, and what they return holds a secret in a `Secret` alone.
 * @param options the bot's own key and its Tigris, how long calls may take, and where what went wrong is logged
 */
export function createTigris(
  options: Account & Times & { timeouts: TigrisTimeouts; log: Pick<Log, "warn"> },
): TigrisPort & { close(): void } {
  const { mutateMs, readMs } = options.timeouts;
  const { accessKeyId: own, clock } = options;
  const clients = createClients(options, options.timeouts, options);
  const mutateOnce = createMutate(clients.mutate, mutateMs);
  // A signature by a clock that was set meanwhile may be refused: a call that is made once needs the right time before.
  const mutate: Mutate = async (call) => {
    if (options.tigrisTime.isOutdated()) await worksAt(clients.read, readMs, own);
    return mutateOnce(call);
  };
  const logged = logFailures(options.log);
  const { differenceMs } = options.tigrisTime;
  const logOdd = seldom(clock, ODDITY_LOGGED_EVERY_MS, () => options.log.warn({ event: "tigris.odd_buckets" }));
  return {
    createKey: (key) => logged("create_key", createKey(mutate, key)),
    rotateKey: (id) => logged("rotate_key", rotateKey(mutate, id)),
    deleteKey: (id) => logged("delete_key", deleteKey(mutate, id)),
    setRoles: (id, access) => logged("set_roles", setRoles(mutate, id, access)),
    setStatus: (id, status) => logged("set_status", setStatus(mutate, id, status)),
    findKeysByName: (name) =>
      logged("find_keys", findKeysByName(clients.read, readMs, { name, differenceMs: differenceMs() })),
    readKey: (id) => logged("read_key", readKey(clients.read, readMs, { id, differenceMs: differenceMs() })),
    policiesOf: (id) => logged("policies_of", listPolicies(clients.read, readMs, id)),
    keysMadeBy: (by) => logged("keys_made_by", keysMadeBy(clients.read, readMs, { by, differenceMs: differenceMs() })),
    checkOwnKey: () => logged("check_own_key", worksAt(clients.read, readMs, own)),
    listBuckets: async () => {
      const listed = await logged("list_buckets", listBuckets(clients.s3, readMs));
      if (listed.kind === "unavailable") return listed;
      if (listed.leftOut > 0) logOdd();
      return { kind: "listed", names: listed.names };
    },
    organization: () => logged("organization", organizationOf(clients, readMs, own)),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Whether a call that this key signs is answered, whatever the answer shows. */
async function worksAt(client: IAMClient, readMs: number, id: string): Promise<{ kind: "works" } | ReadFailure> {
  const looked = await lookAtKey(client, AbortSignal.timeout(readMs), id);
  return looked.kind === "looked" ? { kind: "works" } : looked;
}
