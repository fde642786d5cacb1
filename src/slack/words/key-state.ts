import { type Deleted, type Deleting, isPaused, type Key } from "../../domain/key";
import { BUTTONS } from "./labels";
import { bold, code, type Sentence, time, user } from "./sentence";

type Named = { keyName: string };

export function keyRotating({ keyName }: Named): Sentence {
  return [bold(keyName), " is getting a new secret right now. Try again in a moment."];
}

export function keyDeleting({ keyName, byId, why }: Named & Pick<Deleting, "byId" | "why">): Sentence {
  if (byId === null) return [bold(keyName), `${GONE_BY_ITSELF[why]}, and goes.`];
  return [bold(keyName), " is being deleted by ", user(byId), "."];
}

/** Who deleted a key and when; on its card with the id that its programs know. */
export function keyDeleted({
  keyName,
  accessKeyId,
  byId,
  why,
  at,
}: Named & { accessKeyId?: string } & Pick<Deleted, "byId" | "why" | "at">): Sentence {
  const name: Sentence = [bold(keyName), ...(accessKeyId ? [" (", code(accessKeyId), ")"] : [])];
  if (byId !== null) return [...name, " was deleted by ", user(byId), " ", time(at), "."];
  return why === "gone"
    ? [...name, " no longer exists in Tigris; that was noticed ", time(at), "."]
    : [...name, `${GONE_BY_ITSELF[why]}, and was deleted `, time(at), "."];
}

/** Why a key goes that nobody asked to. */
const GONE_BY_ITSELF: Record<Deleting["why"], string> = {
  asked: " was asked to go",
  never_on: " was never on",
  ended: " had its time",
  replaced: " was replaced by another key",
  left: " was left behind by its owner",
};

export function keyOff({ keyName }: Named): Sentence {
  return [
    bold(keyName),
    " is off. Press ",
    bold(BUTTONS.savedSwitchOn),
    " below its secret, or ",
    bold(BUTTONS.newSecret),
    " on its card.",
  ];
}

export function keySwitchingOn({ keyName }: Named): Sentence {
  return [
    bold(keyName),
    " may be on already. On its card, press ",
    bold(BUTTONS.savedSwitchOn),
    " once more, or delete the key instead.",
  ];
}

const TRY_AGAIN = " Please look at its card and try again.";

/** Where a key stands, and who brought it there: for those whose click came second. */
export function whereKeyStands(key: Key): Sentence {
  const { keyName, state } = key;
  if (isPaused(key) && state.kind !== "deleting" && state.kind !== "deleted")
    return ["The key ", bold(keyName), " is paused.", TRY_AGAIN];
  switch (state.kind) {
    case "off":
      return keyOff({ keyName });
    case "switching_on":
      return keySwitchingOn({ keyName });
    case "live":
      return ["The key ", bold(keyName), " is on.", TRY_AGAIN];
    case "secret_unknown":
      return ["Nobody holds a secret of ", bold(keyName), " that works.", TRY_AGAIN];
    case "rotating":
      return keyRotating({ keyName });
    case "deleting":
      return keyDeleting({ keyName, ...state });
    case "deleted":
      return keyDeleted({ keyName, ...state });
  }
}
