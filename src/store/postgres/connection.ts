import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { type ClientBase, type ClientConfig, Pool, types } from "pg";
import {
  CONNECT_MS,
  CONNECTION_SILENCE_MS,
  POOL_IDLE_MS,
  POOL_SIZE,
  STATEMENT_LIMITS,
} from "../../domain/service-limits";
import type { PostgresLocation } from "../../domain/store-location";
import { FallenSilent } from "./errors";

/**
 * What each session is set to: nothing in it waits for ever, and what is committed is on the server's disk, whatever the
 * database or the role is set to.
 */
export const SESSION = [
  `set statement_timeout = ${STATEMENT_LIMITS.statementMs}`,
  `set lock_timeout = ${STATEMENT_LIMITS.lockMs}`,
  `set idle_in_transaction_session_timeout = ${STATEMENT_LIMITS.idleInTransactionMs}`,
  `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
].join("; ");

/** The type of `bigint`: counts and milliseconds, which JavaScript's numbers hold far beyond any of them. */
const INT8 = 20;

/** How a client connects. @throws where the file with the root certificates can't be read */
export function clientConfig({ host, port, user, password, database, tls }: PostgresLocation): ClientConfig {
  return {
    host,
    port,
    user,
    database,
    // A function, since `pg` would take an empty text for none, and look into the environment and the user's files.
    password: () => {
      if (password === null) throw new NoPassword();
      return password.expose();
    },
    ssl: tls.kind === "off" ? false : { rejectUnauthorized: true, ...trusted(tls.rootCertFile) },
    application_name: "tigris-key-bot",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : types.getTypeParser(oid, format ?? "text")) as typeof types.getTypeParser,
    },
  };
}

/** The server asks for a password, and `DATABASE_URL` has none. */
class NoPassword extends Error {
  /** As the server says where it is wrong (PostgreSQL, appendix A). */
  readonly code = "28P01";

  constructor() {
    super("the database wants a password");
    this.name = "NoPassword";
  }
}

function trusted(rootCertFile: string | null): { ca?: string } {
  return rootCertFile === null ? {} : { ca: readFileSync(rootCertFile, "utf8") };
}

/**
 * Connections to share. One whose server falls silent in the middle of a statement is closed, whatever the network does.
 * @param onSession is called for each new one, before anybody uses it
 */
export function createPool(location: PostgresLocation, onSession: (client: ClientBase) => Promise<void>): Pool {
  // The pool lets go of a connection for which this fails; one that broke in Kysely's own hook would keep its place for good.
  const onConnect = async (client: ClientBase): Promise<void> => {
    // Whoever uses a connection that breaks gets the error; nobody else has to hear of it, and it must not end the process.
    client.on("error", ignore);
    const { stream } = streamOf(client);
    stream.on("timeout", () => stream.destroy(new FallenSilent()));
    stream.setTimeout(CONNECTION_SILENCE_MS);
    await client.query(SESSION);
    await onSession(client);
  };
  const config = { ...clientConfig(location), max: POOL_SIZE, idleTimeoutMillis: POOL_IDLE_MS, onConnect };
  const pool = new Pool(config);
  pool.on("error", ignore);
  // Set anew each time: once it has fired, nothing but that makes it count again (Node, `net`).
  pool.on("acquire", (client) => streamOf(client).stream.setTimeout(CONNECTION_SILENCE_MS));
  pool.on("release", (_error, client) => streamOf(client).stream.setTimeout(0));
  return pool;
}

const ignore = (): void => {};

type Streaming = { stream: Pick<Socket, "on" | "setTimeout" | "destroy"> };

/** The socket below a client, which the types of `pg` leave out. */
function streamOf(client: ClientBase): Streaming {
  return (client as unknown as { connection: Streaming }).connection;
}
