import { HOUR, MINUTE, SECOND } from "./units";

/**
 * Every limit and duration of our rules, with its reason. Durations (`Ms`) are in milliseconds, and lengths of texts in
 * characters. What calls, connections and the process are held to is in `service-limits.ts`; what Slack and Tigris allow
 * stands beside the code that meets it.
 */

/** Days are 24 hours of UTC. */
export const DAY_MS = 24 * HOUR;

// Leases and recovery

/**
 * How long a lease holds, of an attempt, a timer or a message: longer than Tigris's and Slack's time limits together, short
 * enough for a person who waits.
 */
export const LEASE_MS = MINUTE;

/** What a delivery in the last hour of an approval leaves its requester, to save the secret and say so. */
export const DELIVERY_TIME_MS = HOUR;

/** When the requester of a key that is off is reminded: after the secret was shown, and before the key goes. */
export const NAMED_AFTER_MS = 10 * MINUTE;
export const NAMED_BEFORE_END_MS = HOUR;

/** When a call that gives power and got no answer is looked for in the list, counted from there: a list may lag behind. */
export const UNANSWERED_LOOKS_MS = [MINUTE, 10 * MINUTE] as const;

/** A key may not be known everywhere at Tigris until this long after it was made (unproven). */
export const SETTLED_AFTER_MS = 10 * MINUTE;

/** Clocks of Tigris and the bot may differ by this much, beside what was measured. */
export const CLOCK_DIFFERENCE_MS = 5 * MINUTE;

/** Below this, clocks agree: an answer takes its time, and `Date` has whole seconds. */
export const CLOCK_NOISE_MS = 30 * SECOND;

/** A clock that is further off than a day is not reckoned with: somebody has to look. */
export const MOST_CLOCK_DIFFERENCE_MS = 24 * HOUR;

/** An answer that took longer than this says nothing about the time. */
export const SLOW_ANSWER_MS = 15 * SECOND;

/** Whoever keeps a clock right sets it by no more than this at a time; leases outlive such steps. */
export const CLOCK_STEP_MS = 10 * SECOND;

/** When the keys that a paused or deleted key has made are listed again, counted from the first list: it may lag behind. */
export const MADE_LISTS_MS = [MINUTE, 10 * MINUTE, HOUR] as const;

// Reminders of requests that wait

/** When the approvers are reminded of a request: after this long, and when this part of its time is over. */
export const REMIND_AFTER_MS = 2 * HOUR;
export const REMIND_AT_PART = 0.8;

// Questions about old secrets

/** How old a secret may be at the least and at the most before its owner is asked, whatever is configured (`ROTATE_AFTER`). */
export const MIN_ROTATE_AFTER_MS = DAY_MS;
export const MAX_ROTATE_AFTER_MS = 3_650 * DAY_MS;

/** When an owner is asked about a key for the last time, counted from the first. */
export const LAST_ASKED_AFTER_MS = 30 * DAY_MS;

/** The most keys that one message asks about: the oldest; the others have their turn as these are answered. */
export const MAX_KEYS_ASKED = 10;

/** What is told to the approvers of keys about which nobody answers is gathered for a day. */
export const UNANSWERED_TOLD_AFTER_MS = DAY_MS;

/** The longest that a message waits for somebody's morning; and how soon a look at them is tried again that found no turn. */
export const MORNING_WITHIN_MS = 26 * HOUR;
export const MORNING_LOOK_PAUSE_MS = 2 * MINUTE;

// Searches and deletions

/** When a lost key is looked for, counted from the moment at which its attempt was given up; after that once a day. */
export const SEARCH_AFTER_MS = [MINUTE, 15 * MINUTE] as const;
export const SEARCH_AGAIN_MS = DAY_MS;

/** The most searches that a start brings forward; the others have their turn within a day. */
export const MAX_SEARCHES_AT_START = 100;

/** The most keys that an alert names: whoever reads it goes to the Dashboard. */
export const MAX_KEYS_IN_ALERT = 10;

/** The longest pause of an attempt that is not a search: between deletions, or looks. */
export const MOST_ATTEMPT_PAUSE_MS = 10 * MINUTE;

/** The pauses between deletions that fail. */
export const DELETION_PAUSE = { firstMs: 5 * SECOND, mostMs: 10 * MINUTE } as const;

/** How long a deletion may fail before the approvals channel is told. */
export const ALERT_AFTER_MS = 15 * MINUTE;

// What people may ask for

/** The most buckets that one key may name: an approver reads them all. */
export const MAX_BUCKETS = 50;

/** The longest key name that people may ask for. With the reference and the attempt it stays below Tigris's own limits. */
export const MAX_KEY_NAME = 48;

/** A reason is read by those who decide: neither a single word nor an essay. */
export const MIN_REASON = 10;
export const MAX_REASON = 500;

/** The most requests of one person that may wait for a decision at a time. */
export const MAX_WAITING = 3;

/** The most requests of one person that approvers are asked about within an hour, cancelled ones included. */
export const MAX_ASKED_PER_HOUR = 10;

/** Notes on new secrets of one key, an hour: each is a notification to everybody who follows the card. */
export const MAX_NOTES_PER_HOUR = 3;

/** The most keys of one name that are offered to choose among: a page of a select. */
export const MAX_KEYS_OF_NAME = 100;

/** The longest that a request or an approval may be open, whatever is configured. */
export const MOST_OPEN_MS = 30 * 24 * HOUR;

/** How long deletions of others' keys are gathered into one message to the approvers. */
export const DELETIONS_TOLD_AFTER_MS = MINUTE;

/** The most keys that one such message names. */
export const MAX_DELETIONS_NAMED = 10;

/** The most deletions or pauses that one message counts. */
export const MAX_TOLD_AT_ONCE = 20;

/** The most reports of leaked keys with which one person may have others told within an hour. */
export const MAX_REPORTS_PER_HOUR = 3;

/** The most ids that one report is about: a list of more is no accident of one message. */
export const MAX_KEYS_REPORTED = 10;

/** How many parts of a message are looked through for ids: far more than one has that somebody wrote. */
export const MAX_PARTS_LOOKED_THROUGH = 50_000;

/** The hour that those limits count in. */
export const MINUTE_MS = MINUTE;
export const HOUR_MS = HOUR;

/** For how long both keys of a rotation work at the most. */
export const MAX_OVERLAP_MS = 7 * DAY_MS;

/**
 * What one person may send: more than a person does, keystrokes in a search included; less than Slack lets the bot ask
 * about them in a minute (`users.info`, Tier 4).
 */
export const PERSON_RATE_LIMIT = { limit: 60, windowMs: MINUTE } as const;

/** The most people that are counted at a time, so that memory stays bounded. */
export const MAX_PEOPLE_COUNTED = 5_000;

/** How often what one person is refused for the same reason is logged, and how many such pairs are counted at a time. */
export const REFUSED_LOGGED_EVERY_MS = MINUTE;
export const MAX_REFUSALS_COUNTED = 5_000;

// Forms and lists

/** Keys on one page of a list: one block each stays far below the 50 of a message (Slack). */
export const KEYS_PER_PAGE = 10;

/** Up to how many the keys of a list are counted: nobody turns pages so far, and counting all would take long. */
export const MAX_KEYS_COUNTED = 1_000;

/** The longest words that a list looks for: what no name is long enough to hold. */
export const MAX_LIST_SEARCH = 60;

/** How many buckets are named where a glance is enough. */
export const MAX_BUCKETS_AT_A_GLANCE = 5;

/** How many words an approver reads above the buttons: what is understood in a few seconds. A reason keeps this many at the least. */
export const MAX_CARD_WORDS = 45;
export const MIN_REASON_WORDS = 5;

/** How many buckets such a card names where there are more. */
export const BUCKETS_ON_CARD = 2;

/** How far back approvers are told how often somebody was denied something: no further than what has ended is kept. */
export const DENIALS_COUNTED_MS = 30 * DAY_MS;

/** How much of a word that the bot does not know is repeated: it may be a whole text that was pasted. */
export const MAX_REPEATED_WORD = 100;

/** How long a list of buckets is good for what a form offers: while somebody types. */
export const BUCKETS_REMEMBERED_MS = 5 * SECOND;

/** How long a form waits for the list of buckets before it says that it is slow. */
export const BUCKETS_AWAITED_MS = 1.8 * SECOND;

/** What work leaves of Slack's time for an acknowledgement that holds what it brings: the options of a select. */
export const ACK_MARGIN_MS = 400;

// App Home

/** How long after it was opened a Home is drawn again by itself: who has left it sees it anew when they come back. */
export const APP_HOME_LIVE_MS = HOUR;

/** How often a Home is drawn by itself at most: several changes within that time show together. */
export const APP_HOME_DRAWN_EVERY_MS = 10 * SECOND;

/** How soon a Home is looked at again that somebody is drawing right now. */
export const APP_HOME_BUSY_PAUSE_MS = 2 * SECOND;

/** How long a Home that nobody opens is remembered, and how many are forgotten at once. */
export const APP_HOME_KEPT_MS = 30 * DAY_MS;
export const APP_HOMES_FORGOTTEN_AT_ONCE = 100;

/** How many requests to decide, and things of one's own that wait, a Home names: the others are counted. */
export const MAX_WAITING_SHOWN = 10;

/** How many waiting requests are looked through for those that somebody may decide. */
export const MAX_WAITING_JUDGED = 500;

/** A pause or a deletion that Tigris has not confirmed within this time is worth telling. */
export const UNCONFIRMED_AFTER_MS = MINUTE;

/** The longest words that a search in a Home remembers. */
export const MAX_SEARCH = 100;

// The worker and messages

/** The worker's round: nobody notices two seconds, and an idle round costs next to nothing. */
export const ROUND_MS = 2 * SECOND;

/** A kind of timer that no round has woken looks for itself once a minute; as often goes what nobody needs any more. */
export const JOB_ROUND_MS = MINUTE;

/** How many timers and messages are taken at once: few enough that their leases last. */
export const TIMERS_AT_ONCE = 20;
export const MESSAGES_AT_ONCE = 5;

/** The pauses between tries to send a message. */
export const MESSAGE_PAUSE = { firstMs: 2 * SECOND, mostMs: 10 * MINUTE } as const;

/** The pause before a row that can't be read is looked at again: perhaps by a version that can. */
export const UNREADABLE_PAUSE_MS = 10 * MINUTE;

/** So many failures of a message in a row, some ten seconds apart in all, are no accident: people are told. */
export const FAILURES_THAT_LAST = 3;

/** After this a message has nothing to tell any more; cards and alerts always do. */
export const GIVE_UP_MESSAGE_AFTER_MS = 24 * HOUR;

// What is forgotten

/**
 * How long what has ended may be kept, in days (`KEEP_DAYS`): no less than what an audit of a month looks at and a request
 * may wait, no more than a clock can count.
 */
export const MIN_KEEP_DAYS = 30;
export const MAX_KEEP_DAYS = 36_500;

/** How many messages are dropped at once. */
export const MESSAGES_FORGOTTEN_AT_ONCE = 100;
