import type { Secret } from "./secret";

/** How a PostgreSQL server is reached. TLS is either left out, or the server has to prove who it is. */
export type PostgresLocation = {
  kind: "postgres";
  /** A name or an address, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string;
  password: Secret | null;
  database: string;
  /** `rootCertFile` holds the certificates to trust; null for those that Node.js trusts. */
  tls: { kind: "off" } | { kind: "verified"; rootCertFile: string | null };
};

/** Where the store is: a file of SQLite's, which one process writes, or a PostgreSQL database, which many may share. */
export type StoreLocation = { kind: "sqlite"; file: string } | PostgresLocation;
