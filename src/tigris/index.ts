import type { Log } from "../workflow/ports";
import type { TigrisPort } from "../workflow/tigris-port";
import { createKey, deleteKey, rotateKey } from "./change-keys";
import { type Account, createClients, type TigrisTimeouts } from "./clients";
import { listBuckets } from "./list-buckets";
import { findKeysByName, organisationOf } from "./list-keys";
import { logFailures } from "./log-failures";
import { createMutate } from "./mutate";

export type { TigrisTimeouts } from "./clients";

/**
 * Makes the way to Tigris. Its methods never throw, and what they return holds a secret in a `Secret` alone.
 * @param options the bot's own key and its Tigris, how long calls may take, and where what went wrong is logged
 */
export function createTigris(
  options: Account & { timeouts: TigrisTimeouts; log: Pick<Log, "warn"> },
): TigrisPort & { close(): void } {
  const { mutateMs, readMs } = options.timeouts;
  const clients = createClients(options, options.timeouts);
  const mutate = createMutate(clients.mutate, mutateMs);
  const logged = logFailures(options.log);
  return {
    createKey: (key) => logged("create_key", createKey(mutate, key)),
    rotateKey: (id) => logged("rotate_key", rotateKey(mutate, id)),
    deleteKey: (id) => logged("delete_key", deleteKey(mutate, id)),
    findKeysByName: (name) => logged("find_keys", findKeysByName(clients.read, readMs, name)),
    listBuckets: () => logged("list_buckets", listBuckets(clients.s3, readMs)),
    organisation: () => logged("organisation", organisationOf(clients.read, readMs, options.accessKeyId)),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
