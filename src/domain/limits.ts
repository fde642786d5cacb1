/**
 * Every limit and duration of ours, with its reason. Durations (`Ms`) are in milliseconds, sizes (`Bytes`) in bytes, and
 * lengths of texts in characters. What Slack and Tigris allow stands beside the code that meets it.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Days are 24 hours of UTC. */
export const DAY_MS = 24 * HOUR;

const KIBIBYTE = 1_024;
const MEBIBYTE = 1_024 * KIBIBYTE;

// Leases and recovery

/**
 * How long a lease holds, of an attempt, a timer or a message: longer than Tigris's and Slack's time limits together, short
 * enough for a person who waits.
 */
export const LEASE_MS = MINUTE;

/**
 * A create that was left open this long ago comes from a long outage or from an old copy of the database: its key may be
 * in use by now, so a person decides about it.
 */
export const STALE_AFTER_MS = HOUR;

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

// Searches and deletions

/** When a lost key is looked for, counted from the moment at which its answer was lost: a list may lag behind. */
export const SEARCH_AFTER_MS = [0, 10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE] as const;

/** The pause before a search that Tigris did not answer although it should have been the last one. */
export const UNANSWERED_SEARCH_PAUSE_MS = 10 * MINUTE;

/** The most keys that an alert names: whoever reads it goes to the Dashboard. */
export const MAX_KEYS_IN_ALERT = 10;

/** The longest pause of an attempt: from one search to the next, or between deletions. */
export const MOST_ATTEMPT_PAUSE_MS = 15 * MINUTE;

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

/** How many keys are looked through for one that somebody named exactly: a page of a select. */
export const MAX_KEYS_LOOKED_THROUGH = 100;

/** The longest that a request or an approval may be open, whatever is configured. */
export const MOST_OPEN_MS = 30 * 24 * HOUR;

/** How long deletions of others' keys are gathered into one message to the approvers. */
export const DELETIONS_TOLD_AFTER_MS = MINUTE;

/** The most keys that one such message names. */
export const MAX_DELETIONS_NAMED = 10;

/** The most deletions that one click confirms: each is a call to Tigris. */
export const MAX_HELD_AT_ONCE = 100;

/** The hour that those limits count in. */
export const HOUR_MS = HOUR;

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

/** Keys on one page of a list: two blocks each stay far below the 50 of a message (Slack). */
export const KEYS_PER_PAGE = 10;

/** How many buckets are named where a glance is enough. */
export const MAX_BUCKETS_AT_A_GLANCE = 5;

/** How much of a word that the bot does not know is repeated: it may be a whole text that was pasted. */
export const MAX_REPEATED_WORD = 100;

/** What finding the options of a select leaves of Slack's time for an acknowledgement: they travel in it. */
export const OPTIONS_MARGIN_MS = 400;

// The worker and messages

/** The worker's round: nobody notices two seconds, and an idle round costs next to nothing. */
export const ROUND_MS = 2 * SECOND;

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

// Calls to Slack

/** Of one call: a person waits behind a click; a delivery may take a little longer; the outbox has time. */
export const SLACK_TIMEOUTS = { clickMs: 2_500, deliveryMs: 5 * SECOND, outboxMs: 10 * SECOND } as const;

/** The part of the looks at people that may happen at once which is kept back from a purpose for more urgent ones. */
export const LOOK_RESERVES = { decision: 0, form: 1 / 4, options: 1 / 2 } as const;

/** How long a look waits for its turn: a decision rather waits than fails, nobody waits for options that they type past. */
export const LOOK_WAITS_MS = { decision: 10 * SECOND, form: 5 * SECOND, options: 0 } as const;

/** How long the options of selects go by what Slack said of somebody: as long as a person types. They only list names. */
export const REMEMBER_FOR_OPTIONS_MS = 30 * SECOND;

/** The most people and groups that are remembered for options at a time, so that memory stays bounded. */
export const MAX_REMEMBERED_FOR_OPTIONS = 5_000;

/** How often Slack is asked whether the workspace has joined an organization, where something names one that is not known. */
export const HOME_ASKED_EVERY_MS = MINUTE;

/** The most different troubles with looks that are kept apart in the log at a time, so that memory stays bounded. */
export const MAX_LOOK_TROUBLES_COUNTED = 1_000;

/** How long a delivery waits for Slack after a 429 before it gives up: somebody waits for the secret. */
export const MAX_RETRY_AFTER_MS = 10 * SECOND;

// Calls to Tigris

/** Of a whole call: a search and the deletion that follows it stay well below the lease of their attempt. */
export const TIGRIS_TIMEOUTS = { mutateMs: 10 * SECOND, readMs: 20 * SECOND } as const;

/** How often a read is tried within its time: a repeated read does no harm. */
export const READ_ATTEMPTS = 3;

/** More keys or buckets than this are no list that anybody means. Empty pages count as full ones. */
export const MAX_LISTED_KEYS = 100_000;
export const MAX_LISTED_BUCKETS = 50_000;

/** How many keys that a list does not show are looked at one by one: a list that leaves out more is none. */
export const MAX_LOOKS_AT_MISSING = 20;

/** How often the same oddity of Tigris's answers is logged. */
export const ODDITY_LOGGED_EVERY_MS = 10 * MINUTE;

/**
 * The most that is read of a page of a list, whose 1000 keys need about 400 kB (a page that is larger is asked for again with
 * fewer), and of any other response.
 */
export const MAX_LIST_BYTES = 4 * MEBIBYTE;
export const MAX_RESPONSE_BYTES = 64 * KIBIBYTE;

// Socket Mode and HTTP

/** How many connections are open at a time: with two, one goes on while Slack recycles the other (Slack allows ten). */
export const SOCKET_CONNECTIONS = 2;

/** How long a connection may take to open: another try may be faster than one that hangs. */
export const OPEN_CONNECTION_TIMEOUT_MS = 10 * SECOND;

/** How long the other side may take to close a connection, before it is closed without it. */
export const CLOSE_CONNECTION_TIMEOUT_MS = 2 * SECOND;

/** The pauses between tries to connect. */
export const CONNECTION_PAUSE = { firstMs: SECOND, mostMs: MINUTE } as const;

/** How long Slack may go on counting a connection that is closed: one that was cut is missed only after some pings. */
export const GONE_STILL_COUNTED_MS = MINUTE;

/** Connections live for hours; more short ones than this, one after the other, mean that something is wrong. */
export const SHORT_CONNECTION_MS = MINUTE;
export const MAX_SHORT_CONNECTIONS = 3;

/** What keeps slow or huge requests from holding the process up. */
export const SERVER_LIMITS = {
  headersMs: 5 * SECOND,
  requestMs: 10 * SECOND,
  headerBytes: 16 * KIBIBYTE,
  connections: 512,
} as const;

/** How often the requests that are still coming in are held against those times, at the least. */
export const SLOW_REQUEST_CHECK_MS = SECOND;

/** The largest body that is read. Slack's stay far below: a view has 250 KB at most (Slack, views). */
export const MAX_BODY_BYTES = MEBIBYTE;

/** The most that bodies which are being read may hold together: anybody can begin to send one. */
export const MAX_HELD_BYTES = 32 * MEBIBYTE;

/** Bodies up to this size are read in any case, so that nobody can shut Slack out: most of its are smaller. */
export const SMALL_BODY_BYTES = 64 * KIBIBYTE;

/** The longest unsigned form that is read: Slack's check has two fields. */
export const MAX_CHECK_LENGTH = 2_048;

/** How often the same reason for a refusal is logged: anybody can send requests, and must not fill the log with it. */
export const REFUSAL_LOGGED_EVERY_MS = 10 * SECOND;

// The start, readiness and the stop

/** How often Slack is asked before a start fails, and the pause between two tries: it may only be busy. */
export const TRIES_AT_START = 3;
export const PAUSE_AT_START_MS = SECOND;

/** Who starts the bot wants to know sooner than Slack may want to be asked again: a longer wait ends the start. */
export const MAX_RETRY_AFTER_AT_START_MS = MINUTE;

/** How long readiness remembers what Slack and Tigris said: probes come every few seconds, and Slack counts calls. */
export const REMEMBER_SERVICES_MS = 15 * SECOND;

/** How long readiness remembers which user groups can be read, and which can't: Slack lets each be asked seldom. */
export const REMEMBER_GROUPS_MS = 5 * MINUTE;
export const REMEMBER_UNREADABLE_GROUPS_MS = MINUTE;

/** How long readiness remembers what the database said: each look writes. */
export const REMEMBER_STORE_MS = 2 * SECOND;

/** How long what is under way may take when the bot stops: `docker run --stop-timeout 30` leaves a little for the rest. */
export const DRAIN_MS = 25 * SECOND;

/** How long answers may take to get out when the server stops. */
export const SERVER_STOP_MS = SECOND;

// The log

/** The longest text and the deepest value that a line of the log holds: it tells events, not payloads. */
export const MAX_LOGGED_TEXT = 200;
export const MAX_LOGGED_DEPTH = 3;

/** How much is kept back for a standard output that takes nothing, in characters; what is more is lost. */
export const MAX_LOG_KEPT_BACK = MEBIBYTE;

// The store

/** How often a change that lost its conditional write is decided again: whoever loses more often is told who was faster. */
export const MAX_DECISIONS = 5;

/** How often a change is looked for in the record whose commit got no answer, and the pause between two looks. */
export const MAX_COMMIT_LOOKS = 3;
export const COMMIT_LOOK_PAUSE_MS = 200;

/** How long one process waits for the other one's transaction, and the pause between two tries of a write to begin. */
export const BUSY_MS = 5 * SECOND;
export const BUSY_PAUSE_MS = 10;

/** Fewer hits of a search than this are looked up one by one; more are met soon enough from the newest key on. */
export const FEW_SEARCH_HITS = 2_000;

/** The most words that a search heeds: each is a condition of its own, and SQLite takes only so many. */
export const MAX_SEARCH_WORDS = 8;
