import { HOUR, KIBIBYTE, MEBIBYTE, MINUTE, SECOND } from "./units";

/**
 * What calls to Slack and Tigris, connections, the server, the log and the store are held to, with the reason. Durations
 * (`Ms`) are in milliseconds, sizes (`Bytes`) in bytes.
 */

// Calls to Slack

/** Of one call: a person waits behind a click; a delivery may take a little longer; the outbox has time. */
export const SLACK_TIMEOUTS = { clickMs: 2_500, deliveryMs: 5 * SECOND, outboxMs: 10 * SECOND } as const;

/** How long the options of selects go by what Slack said of somebody: as long as a person types. They only list names. */
export const REMEMBER_FOR_OPTIONS_MS = 30 * SECOND;

/** The most people and groups that are remembered for options at a time, so that memory stays bounded. */
export const MAX_REMEMBERED_FOR_OPTIONS = 5_000;

/** How often Slack is asked whether the workspace has joined an organization, where something names one that is not known. */
export const HOME_ASKED_EVERY_MS = MINUTE;

/** How many waiting requests are read at once where a policy has come in force. */
export const WAITING_AT_ONCE = 100;

/** The most forms of which it is remembered how they were drawn last, so that memory stays bounded. */
export const MAX_FORMS_REMEMBERED = 1_000;

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

/** A key with more policies than these pages of 100 hold has none that anybody set by hand. */
export const MAX_POLICY_PAGES = 20;

/** How long the doctor looks for a change to show, and how often: longer than this a person does not wait for a key. */
export const DOCTOR_WATCH = { everyMs: SECOND, forMs: MINUTE } as const;

/** The pauses between the doctor's tries to find and delete its key: a call may take effect a minute after its answer was lost. */
export const DOCTOR_REMOVAL = { firstMs: SECOND, mostMs: 30 * SECOND, tries: 9 } as const;

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

/**
 * What keeps slow or huge requests from holding the process up, and idle connections from shutting new ones out. Proxies keep
 * idle connections for a minute (nginx, `keepalive_timeout`; AWS, idle timeout of load balancers), and who closes first loses
 * what is sent at that moment: so the server keeps them longer.
 */
export const SERVER_LIMITS = {
  headersMs: 5 * SECOND,
  requestMs: 10 * SECOND,
  headerBytes: 16 * KIBIBYTE,
  connections: 512,
  keptAlive: 384,
  keepAliveMs: 75 * SECOND,
} as const;

/** How often the requests that are still coming in are held against those times, at the least. */
export const SLOW_REQUEST_CHECK_MS = SECOND;

/**
 * The largest body that is read. A view has 250 KB at most (Slack, views); a message that a shortcut was used on comes whole,
 * and each of its bytes may be encoded as three.
 */
export const MAX_BODY_BYTES = 4 * MEBIBYTE;

/** The most that bodies which are being read may hold together: anybody can begin to send one. */
export const MAX_HELD_BYTES = 32 * MEBIBYTE;

/** Bodies up to this size are read in any case, so that nobody can shut Slack out: most of its are smaller. */
export const SMALL_BODY_BYTES = 64 * KIBIBYTE;

/** The longest unsigned form that is read: Slack's check has two fields. */
export const MAX_CHECK_LENGTH = 2_048;

/** How often the same reason for a refusal is logged: anybody can send requests, and must not fill the log with it. */
export const REFUSAL_LOGGED_EVERY_MS = 10 * SECOND;

// The proxy

/** How long it may take to connect to the proxy, and then to have it connect: others may be waiting for the same answer. */
export const PROXY_CONNECT_MS = 10 * SECOND;

/** How often the log says that the proxy doesn't connect, for the same reason. */
export const PROXY_TROUBLE_LOGGED_EVERY_MS = MINUTE;

// Files

/** The largest file that is read for a secret: what is larger is another file than the one that was meant. */
export const MAX_SECRET_FILE_BYTES = 16 * KIBIBYTE;

// The start, readiness and the stop

/** How often Slack is asked before a start fails, and the pause between two tries: it may only be busy. */
export const TRIES_AT_START = 3;
export const PAUSE_AT_START_MS = SECOND;

/** Who starts the bot wants to know sooner than Slack may want to be asked again: a longer wait ends the start. */
export const MAX_RETRY_AFTER_AT_START_MS = MINUTE;

/**
 * How long a start waits for the bot before it to let go of the database and of the port, and the pause between two looks: one
 * that is stopped takes `DRAIN_MS` at most and a little for the rest.
 */
export const START_WAIT_MS = 30 * SECOND;
export const START_WAIT_PAUSE_MS = 250;

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

/** How much is kept back for a standard output that takes nothing, in bytes; what is more is lost, and counted. */
export const MAX_LOG_KEPT_BACK = MEBIBYTE;

/** Once lines were lost, the next ones are kept when no more than this is kept back: one gap rather than many. */
export const LOG_ROOM_AGAIN = MAX_LOG_KEPT_BACK / 2;

/** How much is handed to standard output at once, in bytes: what a pipe holds on Linux (pipe(7)). */
export const MAX_LOG_WRITE = 64 * KIBIBYTE;

/** The pause after a write of the log that failed: a full disk has room again some time. */
export const LOG_RETRY_MS = SECOND;

/** How long the end of the process waits for the log's reader. */
export const LOG_FLUSH_MS = SECOND;

// The store

/** How often a change that lost its conditional write is decided again: whoever loses more often is told who was faster. */
export const MAX_DECISIONS = 5;

/** How often a change is looked for in the record whose commit got no answer, and the pause between two looks. */
export const MAX_COMMIT_LOOKS = 3;
export const COMMIT_LOOK_PAUSE_MS = 200;

/** How often a step of a queue is tried again that another transaction was in the way of: it meets few. */
export const MAX_STEP_TRIES = 10;

/** How long a row is kept that says whose commit took effect: it is asked for within seconds. */
export const COMMITS_KEPT_MS = HOUR;

/** How long a connection to the database may take to be there, a turn in the pool included: people wait for it. */
export const CONNECT_MS = 5 * SECOND;

/**
 * The server's own time limits: for a statement, for a lock that another transaction has, and for a transaction in which
 * nothing happens, since a process that is frozen in it must not hold up the others.
 */
export const STATEMENT_LIMITS = {
  statementMs: 5 * SECOND,
  lockMs: 2 * SECOND,
  idleInTransactionMs: 5 * SECOND,
} as const;

/** After this a connection that a statement waits on is dead: the server would have said no by then. */
export const CONNECTION_SILENCE_MS = 8 * SECOND;

/** Connections of one process, beside the one that listens: clicks, options and the worker together; a server has 100. */
export const POOL_SIZE = 10;
export const POOL_IDLE_MS = 30 * SECOND;

/** How often a process says that it is there, and after which time it counts as gone: three that were missed. */
export const REPLICA_SEEN_EVERY_MS = 10 * SECOND;
export const REPLICA_GONE_MS = 30 * SECOND;

/** The pause before the connection that listens is opened again. */
export const LISTEN_AGAIN_MS = 2 * SECOND;

/** How long closing the database may take: a server that is there answers at once, and one that is silent never. */
export const CLOSE_DATABASE_MS = 2 * SECOND;

/** How often others may wake this process: nobody notices so little, and a round costs some five transactions. */
export const WOKEN_EVERY_MS = 250;

/** How often what is written goes into SQLite's file itself: whoever copies only that one lacks no more than this. */
export const CHECKPOINT_EVERY_MS = MINUTE;

/** How long a backup waits where the bot opens or closes the database at that moment. */
export const BACKUP_WAIT_MS = 10 * SECOND;

/** How often the lock of the database is tried where two processes take it in the same moment: each time one may win. */
export const MAX_LOCK_TRIES = 5;

/**
 * The same limits for a move, which is one transaction for a whole store: sorting a table or checking its references at the
 * commit may take minutes. Whatever takes longer hangs; `answerMs` is when the client gives up by itself.
 */
export const MOVE_LIMITS = {
  statementMs: 10 * MINUTE,
  lockMs: 2 * SECOND,
  idleInTransactionMs: MINUTE,
  answerMs: 11 * MINUTE,
} as const;

/** How many rows a move writes with one statement, and reads back with one: a few megabytes at the most. */
export const MOVE_INSERT_ROWS = 1_000;
export const MOVE_FETCH_ROWS = 1_000;

/** Fewer hits of a search than this are looked up one by one; more are met soon enough from the newest key on. */
export const FEW_SEARCH_HITS = 2_000;

/** The most words that a search heeds: each is a condition of its own, and SQLite takes only so many. */
export const MAX_SEARCH_WORDS = 8;

/** The shortest beginning of an id that a search heeds: all access key ids begin with the same four characters. */
export const MIN_ID_SEARCHED = 4;
