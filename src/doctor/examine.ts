import type { KeyRead, Opened, ReadFailure, TigrisPort } from "../workflow/tigris-port";
import type { Finding } from "./finding";
import { creatorOf, delays, policies, withoutRoles } from "./new-key";
import { isNamed } from "./probe-key";
import { rolesGiven, rolesTaken } from "./role-changes";
import { statusChanges } from "./status-changes";
import type { Watch, Watched } from "./watch";

/** One key without any use, and what it is looked at with. */
export type Examined = {
  tigris: TigrisPort;
  accessKeyId: string;
  name: string;
  ownAccessKeyId: string;
  /** Signs calls with the key. */
  trial: { opens(bucket: string | null): Promise<Opened> };
  /** Buckets to try it on: two where the organization has so many, none where it has none. */
  buckets: readonly string[];
  watch: Watch;
};

export type Looked = KeyRead | ReadFailure;

/** The same, with the list of this one key, which is looked at until it shows what it should. */
export type Examining = Examined & { listed(isIt: (looked: Looked) => boolean): Promise<Watched<Looked>> };

/**
 * Finds out what the bot builds on, one fact after the other, with a key that was just made without roles. Whoever takes the
 * findings may stop in between. The key stays.
 */
export async function* examine(examined: Examined): AsyncGenerator<Finding> {
  const { tigris, accessKeyId, ownAccessKeyId, watch } = examined;
  const changes: Watched<Looked>[] = [];
  const at: Examining = {
    ...examined,
    listed: async (isIt) => {
      const watched = await watch(() => tigris.readKey(accessKeyId), isIt);
      changes.push(watched);
      return watched;
    },
  };
  const { last } = await at.listed(({ kind }) => kind === "there");
  yield await withoutRoles(at, last);
  // Nothing is given to a key that may be somebody else's.
  if (last.kind === "there" && isNamed(last.key, examined.name)) {
    yield creatorOf(last.key, ownAccessKeyId);
    yield policies(await tigris.policiesOf(accessKeyId));
    // The least power first: a bucket to read, where there is one.
    const [bucket] = at.buckets;
    yield await rolesGiven(at, "Roles set afterwards", bucket === undefined ? all("ReadOnly") : named(bucket));
    // A key that stays off would only fail at what comes next.
    if (yield* statusChanges(at)) {
      yield await rolesGiven(at, "ReadOnly on all buckets", all("ReadOnly"));
      yield await rolesGiven(at, "Editor on all buckets", all("Editor"));
    }
    yield await rolesTaken(at);
  }
  yield delays(changes);
}

const all = (permission: "ReadOnly" | "Editor") => ({ permission, buckets: { kind: "all" } }) as const;
const named = (bucket: string) => ({ permission: "ReadOnly", buckets: { kind: "named", names: [bucket] } }) as const;
