import type { Deleted, Deleting, Key } from "../../domain/key";
import { bold, type Sentence, time, user } from "./sentence";

type Named = { keyName: string };

export function keyRotating({ keyName }: Named): Sentence {
  return [bold(keyName), " is getting a new secret right now. Try again in a moment."];
}

export function keyDeleting({ keyName, byId }: Named & Pick<Deleting, "byId">): Sentence {
  return [bold(keyName), " is being deleted by ", user(byId), "."];
}

/** Who deleted a key and when. */
export function keyDeleted({ keyName, byId, at }: Named & Pick<Deleted, "byId" | "at">): Sentence {
  return byId === null
    ? [bold(keyName), " no longer exists in Tigris; that was noticed ", time(at), "."]
    : [bold(keyName), " was deleted by ", user(byId), " ", time(at), "."];
}

const TRY_AGAIN = " Please look at its card and try again.";

/** That a deletion waits for somebody else. */
export function keyDeletionHeld({ keyName, byId }: { keyName: string; byId: string }): Sentence {
  return [
    user(byId),
    " wants ",
    bold(keyName),
    " to be deleted, which waits for another approver. Until then it gets no new secret.",
  ];
}

/** Where a key stands, and who brought it there: for those whose click came second. */
export function whereKeyStands({ keyName, state }: Key): Sentence {
  switch (state.kind) {
    case "live":
      return ["The key ", bold(keyName), " can be used.", TRY_AGAIN];
    case "secret_unknown":
      return ["Nobody holds a secret of ", bold(keyName), " that works.", TRY_AGAIN];
    case "rotating":
      return keyRotating({ keyName });
    case "deletion_held":
      return keyDeletionHeld({ keyName, byId: state.byId });
    case "deleting":
      return keyDeleting({ keyName, byId: state.byId });
    case "deleted":
      return keyDeleted({ keyName, byId: state.byId, at: state.at });
  }
}
