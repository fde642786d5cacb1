import type { MarkedMigrations } from "../../migrate";
import { up as first } from "./001-first";
import { up as requestsAskTimersWait } from "./002-requests-ask-timers-wait";
import { up as outboxSaysWhy } from "./003-outbox-says-why";
import { up as forgetAfterAWhile } from "./004-forget-after-a-while";
import { up as deletionsWaitForNothing } from "./005-deletions-wait-for-nothing";
import { up as keysAreOffAtFirst } from "./006-keys-are-off-at-first";
import { up as appHomes } from "./007-app-homes";
import { up as waitingRequestsRemind } from "./008-waiting-requests-remind";
import { up as leaksAreReported } from "./009-leaks-are-reported";
import { up as keysHaveNames } from "./010-keys-have-names";
import { up as leakMessagesAreEdited } from "./011-leak-messages-are-edited";
import { up as keysAreFoundByBucket } from "./012-keys-are-found-by-bucket";
import { up as policiesInForce } from "./013-policies-in-force";
import { up as breakGlass } from "./014-break-glass";
import { up as keysEnd } from "./015-keys-end";
import { up as keysAreRotated } from "./016-keys-are-rotated";
import { up as peopleLeave } from "./017-people-leave";
import { up as secretsHaveAnAge } from "./018-secrets-have-an-age";
import { up as accessChanges } from "./019-access-changes";

/** In order. What is here was run somewhere, so none is ever changed. */
export const MIGRATIONS: MarkedMigrations = {
  "001-first": { up: first, breaksOlder: true },
  "002-requests-ask-timers-wait": { up: requestsAskTimersWait, breaksOlder: true },
  "003-outbox-says-why": { up: outboxSaysWhy, breaksOlder: false },
  "004-forget-after-a-while": { up: forgetAfterAWhile, breaksOlder: false },
  "005-deletions-wait-for-nothing": { up: deletionsWaitForNothing, breaksOlder: true },
  "006-keys-are-off-at-first": { up: keysAreOffAtFirst, breaksOlder: true },
  "007-app-homes": { up: appHomes, breaksOlder: false },
  "008-waiting-requests-remind": { up: waitingRequestsRemind, breaksOlder: false },
  "009-leaks-are-reported": { up: leaksAreReported, breaksOlder: false },
  "010-keys-have-names": { up: keysHaveNames, breaksOlder: false },
  "011-leak-messages-are-edited": { up: leakMessagesAreEdited, breaksOlder: false },
  "012-keys-are-found-by-bucket": { up: keysAreFoundByBucket, breaksOlder: false },
  "013-policies-in-force": { up: policiesInForce, breaksOlder: true },
  "014-break-glass": { up: breakGlass, breaksOlder: true },
  "015-keys-end": { up: keysEnd, breaksOlder: true },
  "016-keys-are-rotated": { up: keysAreRotated, breaksOlder: true },
  "017-people-leave": { up: peopleLeave, breaksOlder: true },
  "018-secrets-have-an-age": { up: secretsHaveAnAge, breaksOlder: true },
  "019-access-changes": { up: accessChanges, breaksOlder: true },
};
