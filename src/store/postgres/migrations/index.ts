import type { MarkedMigrations } from "../../migrate";
import { up as first } from "./001-first";
import { up as keysAreOffAtFirst } from "./002-keys-are-off-at-first";
import { up as appHomes } from "./003-app-homes";
import { up as waitingRequestsRemind } from "./004-waiting-requests-remind";
import { up as leaksAreReported } from "./005-leaks-are-reported";
import { up as keysHaveNames } from "./006-keys-have-names";
import { up as leakMessagesAreEdited } from "./007-leak-messages-are-edited";
import { up as policiesInForce } from "./008-policies-in-force";
import { up as breakGlass } from "./009-break-glass";
import { up as keysEnd } from "./010-keys-end";
import { up as keysAreRotated } from "./011-keys-are-rotated";
import { up as peopleLeave } from "./012-people-leave";
import { up as secretsHaveAnAge } from "./013-secrets-have-an-age";
import { up as accessChanges } from "./014-access-changes";

/** In order. What is here was run somewhere, so none is ever changed. */
export const MIGRATIONS: MarkedMigrations = {
  "001-first": { up: first, breaksOlder: true },
  "002-keys-are-off-at-first": { up: keysAreOffAtFirst, breaksOlder: true },
  "003-app-homes": { up: appHomes, breaksOlder: false },
  "004-waiting-requests-remind": { up: waitingRequestsRemind, breaksOlder: false },
  "005-leaks-are-reported": { up: leaksAreReported, breaksOlder: false },
  "006-keys-have-names": { up: keysHaveNames, breaksOlder: false },
  "007-leak-messages-are-edited": { up: leakMessagesAreEdited, breaksOlder: false },
  "008-policies-in-force": { up: policiesInForce, breaksOlder: true },
  "009-break-glass": { up: breakGlass, breaksOlder: true },
  "010-keys-end": { up: keysEnd, breaksOlder: true },
  "011-keys-are-rotated": { up: keysAreRotated, breaksOlder: true },
  "012-people-leave": { up: peopleLeave, breaksOlder: true },
  "013-secrets-have-an-age": { up: secretsHaveAnAge, breaksOlder: true },
  "014-access-changes": { up: accessChanges, breaksOlder: true },
};
