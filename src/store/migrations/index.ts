import type { Migration } from "kysely";
import { up as first } from "./001-first";
import { up as requestsAskTimersWait } from "./002-requests-ask-timers-wait";
import { up as outboxSaysWhy } from "./003-outbox-says-why";
import { up as forgetAfterAWhile } from "./004-forget-after-a-while";
import { up as deletionsWaitForNothing } from "./005-deletions-wait-for-nothing";

/** A step from one version of the tables to the next. `breaksOlder`: a bot that does not know it can't use them any more. */
type MarkedMigration = Migration & { breaksOlder: boolean };

/** In order. What is here was run somewhere, so none is ever changed. */
export const MIGRATIONS: Record<string, MarkedMigration> = {
  "001-first": { up: first, breaksOlder: true },
  "002-requests-ask-timers-wait": { up: requestsAskTimersWait, breaksOlder: true },
  "003-outbox-says-why": { up: outboxSaysWhy, breaksOlder: false },
  "004-forget-after-a-while": { up: forgetAfterAWhile, breaksOlder: false },
  "005-deletions-wait-for-nothing": { up: deletionsWaitForNothing, breaksOlder: true },
};

/** The newest migration that an older bot has to know. */
export const OLDEST_USABLE = Object.keys(MIGRATIONS).findLast((name) => MIGRATIONS[name]?.breaksOlder) ?? "";
